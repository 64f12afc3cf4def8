package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DatasetReferenceTest {

  private static final String HEX = Sha256.of("x").hex();

  @Test
  void namesTheLatestOrOneContent() {
    assertThat(DatasetReference.parse("dataset:iris-2026"))
        .contains(new DatasetReference("iris-2026", null));
    assertThat(DatasetReference.parse("dataset:i@sha256:" + HEX))
        .contains(new DatasetReference("i", new Sha256(HEX)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dataset:a", "dataset:0-a-0", "dataset:a@sha256:%s"})
  void isWrittenAsItIsRead(String text) {
    String reference = text.formatted(HEX);
    assertThat(DatasetReference.parse(reference).orElseThrow()).hasToString(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "iris",
        "dataset:",
        "dataset:-a",
        "dataset:a-",
        "dataset:a--b",
        "dataset:A",
        "dataset:a_b",
        "dataset:a/b",
        "dataset:../x",
        "dataset:a\n",
        "dataset:a@",
        "Dataset:a",
        "dataset:a@sha256:",
        "dataset:a@sha256:ABC",
        "dataset:a@md5:%s",
        "dataset:a@sha256:%s0",
        "dataset:a@sha256:%s ",
        "dataset:\u0430"
      })
  void refusesEverythingElse(String text) {
    assertThat(DatasetReference.parse(text.replace("%s", HEX))).isEmpty();
  }

  @Test
  void takesNamesUpTo64CharactersQuickly() {
    assertThat(DatasetReference.isName("a".repeat(64))).isTrue();
    assertThat(DatasetReference.isName("a".repeat(65))).isFalse();
    assertThat(DatasetReference.isName("a".repeat(63) + "!")).isFalse();
  }
}
