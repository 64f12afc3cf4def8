package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.LEAST;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import io.byoa.common.FailureException;
import io.byoa.common.json.JsonArray;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import io.byoa.testing.RealPython;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published schema and the reader are twins: what one accepts, the other accepts. */
class SchemaAgreementTest {

  private static final Schema PUBLISHED = JsonSchemas.of(JsonSchemas.publishedText());

  @TestFactory
  Stream<DynamicTest> bothAccept() {
    return cases("accepted.jsonl", Verdict.ACCEPTED, Verdict.ACCEPTED);
  }

  @TestFactory
  Stream<DynamicTest> bothRefuse() {
    return cases("refused.jsonl", Verdict.REFUSED, Verdict.REFUSED);
  }

  /** No schema can say these: they compare fields, look into the archive, or read expressions. */
  @TestFactory
  Stream<DynamicTest> theReaderAloneRefuses() {
    return cases("refused-by-the-reader-alone.jsonl", Verdict.REFUSED, Verdict.ACCEPTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "null", "\"x\"", "{}", "1"})
  void bothRefuseWhatIsNoDescriptorAtAll(String json) {
    assertThat(byReader(json)).isNotEmpty();
    assertThat(bySchema(json)).isNotEmpty();
  }

  private enum Verdict {
    ACCEPTED,
    REFUSED;

    static Verdict of(List<String> errors) {
      return errors.isEmpty() ? ACCEPTED : REFUSED;
    }
  }

  private static Stream<DynamicTest> cases(String file, Verdict reader, Verdict schema) {
    return Descriptors.cases(file)
        .map(each ->
            DynamicTest.dynamicTest(
                each.line(),
                () -> {
                  List<String> ours = byReader(each.json());
                  assertThat(Verdict.of(ours)).as("reader: %s", ours).isEqualTo(reader);
                  List<String> theirs = bySchema(each.json());
                  assertThat(Verdict.of(theirs)).as("schema: %s", theirs).isEqualTo(schema);
                }));
  }

  @Test
  void theSchemaIsItselfValid() {
    assertThat(
            JsonSchemas.errors(
                JsonSchemas.of("{\"$ref\":\"https://json-schema.org/draft/2020-12/schema\"}"),
                JsonSchemas.publishedText()))
        .isEmpty();
  }

  @Test
  void theSchemaListsTheInstanceTypesThatAreKnown() {
    JsonValue listed = at(published(), "$defs", "instanceType", "enum");
    assertThat(listed).isEqualTo(JsonArray.ofStrings(InstanceTypes.known()));
  }

  @Test
  void theSchemaDeclaresTheDefaultsThatTheReaderFillsIn() {
    JsonObject completed = Descriptors.read(LEAST).json();
    JsonObject declared = (JsonObject) at(published(), "properties");
    completed
        .members()
        .forEach((field, value) -> {
          JsonValue standard = ((JsonObject) at(declared, field)).get("default");
          if (!List.of("name", "version", "runtime", "entryPoint").contains(field)) {
            assertThat(standard).as(field).isEqualTo(value);
          }
        });
  }

  @Test
  void theSchemaExplainsEveryField() {
    explained("", published());
  }

  private static void explained(String where, JsonValue schema) {
    if (!(schema instanceof JsonObject object)) {
      return;
    }
    if (object.get("properties") instanceof JsonObject(var properties)
        && object.get("type") instanceof JsonString) {
      properties.forEach((name, property) -> {
        JsonObject target = (JsonObject) property;
        if (target.get("$ref") == null) {
          assertThat(target.members()).as(where + "/" + name).containsKeys("title", "description");
        }
      });
    }
    object.members().forEach((name, member) -> explained(where + "/" + name, member));
  }

  /** The repository's own descriptors, wherever they are. */
  @TestFactory
  Stream<DynamicTest> editorsAcceptOurOwnDescriptors() throws IOException {
    List<Path> roots = Stream.of("examples", "src/main/resources/templates").map(Path::of).toList();
    return roots.stream()
        .filter(Files::isDirectory)
        .flatMap(SchemaAgreementTest::descriptorsIn)
        .map(path ->
            DynamicTest.dynamicTest(
                path.toString(), () -> assertThat(bySchema(Files.readString(path))).isEmpty()));
  }

  private static Stream<Path> descriptorsIn(Path root) {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(f -> f.endsWith("algorithm.json")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonValue published() {
    return JsonReader.read(JsonSchemas.publishedText(), "the schema").root();
  }

  private static JsonValue at(JsonValue value, String... names) {
    for (String name : names) {
      value = Objects.requireNonNull(((JsonObject) value).get(name), name);
    }
    return value;
  }

  private static List<String> byReader(String json) {
    try {
      Descriptors.read(json);
      return List.of();
    } catch (FailureException e) {
      return Descriptors.said(e.failure().violations());
    }
  }

  private static List<String> bySchema(String json) {
    return JsonSchemas.errors(PUBLISHED, json);
  }

  /** ECMA-262 without its Unicode mode, Python and RE2 share no more than this. */
  @Test
  void thePatternsOfTheSchemaAreReadAlikeEverywhere() {
    List<String> patterns = new ArrayList<>();
    gather(published(), patterns);
    assertThat(patterns).hasSizeGreaterThan(10).noneMatch(pattern -> pattern.contains("\\p"));
    assertThat(
            RealPython.lines(
                """
                import json, re, sys
                for line in sys.stdin:
                    re.compile(json.loads(line))
                    print("read")
                """,
                patterns.stream().map(pattern -> new JsonString(pattern).text()).toList()))
        .hasSameSizeAs(patterns)
        .containsOnly("read");
  }

  private static void gather(JsonValue schema, List<String> patterns) {
    if (schema instanceof JsonObject(var members)) {
      members.forEach((name, member) -> {
        if (name.equals("pattern") && member instanceof JsonString(String text)) {
          patterns.add(text);
        }
        gather(member, patterns);
      });
    } else if (schema instanceof JsonArray(var values)) {
      values.forEach(value -> gather(value, patterns));
    }
  }
}
