package io.byoa.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectKeyTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "/a",
        "a/",
        "a//b",
        ".",
        "..",
        "a/../b",
        "a/./b",
        "../a",
        "a\\b",
        "a\nb",
        "a\0b",
        "e\u0301",
        "a\ud800b"
      })
  void refusesWhatIsNoSafeRelativePath(String value) {
    assertThatThrownBy(() -> new ObjectKey(value)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "code/0f.tar", "datasets/aa/with space/é.csv", "..a/b..", "C:/x"})
  void takesReadablePaths(String value) {
    assertThat(new ObjectKey(value)).hasToString(value);
  }

  @Test
  void countsBytesRatherThanCharacters() {
    assertThat(new ObjectKey("é".repeat(120)).name()).hasSize(120);
    assertThatThrownBy(() -> new ObjectKey("é".repeat(121)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ObjectKey("abcdefg/".repeat(128) + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void joinsSegments() {
    assertThat(ObjectKey.of("jobs", "1", "output").resolve("a/b").name()).isEqualTo("b");
    assertThat(ObjectKey.of("code/x")).hasToString("code/x");
  }
}
