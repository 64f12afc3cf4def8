package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.FULL;
import static io.byoa.algorithm.descriptor.Descriptors.LEAST;
import static io.byoa.algorithm.descriptor.Descriptors.least;
import static io.byoa.algorithm.descriptor.Descriptors.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.algorithm.descriptor.difference.Change;
import io.byoa.algorithm.descriptor.difference.ChangeKind;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonValue;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class DescriptorDiffTest {

  @Test
  void findsNoDifferenceToItself() {
    assertThat(DescriptorDiff.between(read(FULL), read(FULL)).changes()).isEmpty();
    assertThat(DescriptorDiff.between(read(LEAST), read(LEAST)).requiresMajor()).isFalse();
  }

  @Test
  void seesWhatSpellingOutADefaultDoesNotChange() {
    assertThat(DescriptorDiff.between(read(LEAST), read(read(LEAST).toJson())).changes()).isEmpty();
    assertThat(
            DescriptorDiff.between(
                    read(least("\"hyperParameters\":{\"properties\":{\"p\":{\"minimum\":1}}}")),
                    read(least("\"hyperParameters\":{\"properties\":{\"p\":{\"minimum\":1.0}}}")))
                .changes())
        .isEmpty();
  }

  /**
   * {@code before => after: changes}. Both sides are fields put over the least descriptor; a change
   * is {@code !} when it breaks callers, its kind, and its pointer.
   */
  @TestFactory
  Stream<DynamicTest> classifiesChanges() {
    return Descriptors.resource("differences.txt")
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> DynamicTest.dynamicTest(line, () -> classified(line)));
  }

  private static void classified(String line) {
    String[] parts = line.split(" +=> +| +:: *", -1);
    Descriptor before = read(over(parts[0]));
    Descriptor after = read(over(parts[1]));
    DescriptorDiff diff = DescriptorDiff.between(before, after);
    assertThat(diff.changes().stream().map(DescriptorDiffTest::shown).toList())
        .isEqualTo(parts[2].isEmpty() ? List.of() : List.of(parts[2].split(", ")));
    assertThat(diff.requiresMajor()).isEqualTo(parts[2].contains("!"));
    for (Change change : diff.changes()) {
      assertThat(change.detail()).matches("[A-Z].*\\.");
      Descriptor pointedAt = change.kind() == ChangeKind.REMOVED ? before : after;
      boolean keywordIsGone = change.kind() == ChangeKind.WIDENED;
      if (!keywordIsGone) {
        assertThat(at(pointedAt.json(), change.pointer())).as(change.toString()).isNotNull();
      }
    }
  }

  private static String shown(Change change) {
    return (change.breaking() ? "!" : "") + change.kind().word() + " " + change.pointer();
  }

  private static String over(String fields) {
    String shorthand =
        fields.startsWith("p ")
            ? "{\"hyperParameters\":{\"properties\":{\"p\":" + fields.substring(2) + "}}}"
            : fields.startsWith("hp ")
                ? "{\"hyperParameters\":" + fields.substring(3) + "}"
                : fields;
    JsonObject descriptor = (JsonObject) JsonReader.read(LEAST, "least").root();
    JsonObject change = (JsonObject) JsonReader.read(shorthand, fields).root();
    for (var field : change.members().entrySet()) {
      descriptor = descriptor.with(field.getKey(), field.getValue());
    }
    return descriptor.text();
  }

  private static @Nullable JsonValue at(JsonValue document, String pointer) {
    JsonValue value = document;
    for (String name : pointer.substring(1).split("/", -1)) {
      value =
          switch (Objects.requireNonNull(value)) {
            case JsonObject object -> object.get(name);
            case JsonArray array -> array.values().get(Integer.parseInt(name));
            default -> null;
          };
    }
    return value;
  }
}
