package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.FILES;
import static io.byoa.algorithm.descriptor.Descriptors.LEAST;
import static io.byoa.algorithm.descriptor.Descriptors.READER;
import static io.byoa.algorithm.descriptor.Descriptors.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DescriptorDraftTest {

  @Test
  void takesNameAndVersionFromTheAddress() {
    DescriptorDraft text =
        draft("{\"runtime\":{\"language\":\"python\"},\"entryPoint\":\"train.py\"}");
    DescriptorDraft addressed = text.addressed("iris", "1.0.0");
    assertThat(addressed.adds(text)).isTrue();
    assertThat(READER.read(addressed, FILES).name()).isEqualTo("iris");
    assertThat(draft(LEAST).addressed("a", "1.0.0").adds(draft(LEAST))).isFalse();
  }

  @Test
  void isMadeOfAFormAlone() {
    DescriptorDraft form =
        DescriptorDraft.EMPTY
            .addressed("iris", "1.0.0")
            .with("runtime", JsonReader.read("{\"language\":\"r\"}", "a field").root(), "the form")
            .with("entryPoint", new JsonString("train.R"), "the form");
    assertThat(READER.read(form, FILES).runtime()).hasToString("r 4.2");
  }

  @Test
  void refusesAnAddressThatNamesAnotherVersion() {
    Failure version = failure(draft(LEAST).addressed("a", "2.0.0"));
    assertThat(version).isInstanceOf(Failure.Invalid.class);
    assertThat(version.code()).isEqualTo("version-mismatch");
    assertThat(said(version.violations()))
        .containsExactly(
            "/version: \"1.0.0\" in algorithm.json, but \"2.0.0\" in the address: make them the same.");
    assertThat(failure(draft(LEAST).addressed("b", "1.0.0")).code()).isEqualTo("name-mismatch");
    assertThat(failure(draft(LEAST).addressed("b", "2.0.0")).violations()).hasSize(2);
  }

  @Test
  void tellsAMismatchTogetherWithAllElse() {
    Failure failure = failure(draft(LEAST.replace("train.py", "x.py")).addressed("a", "2.0.0"));
    assertThat(failure.code()).isEqualTo("descriptor-invalid");
    assertThat(failure.violations())
        .extracting("pointer")
        .containsExactly("/version", "/entryPoint");
  }

  @Test
  void refusesWhatIsNoObject() {
    assertThat(said(failure(draft("[]")).violations()))
        .contains("/: algorithm.json is an array; expected is an object.".substring(1));
  }

  private static DescriptorDraft draft(String json) {
    return DescriptorDraft.parse(json.getBytes(UTF_8));
  }

  private static Failure failure(DescriptorDraft draft) {
    return Objects.requireNonNull(
            catchThrowableOfType(FailureException.class, () -> READER.read(draft, FILES)))
        .failure();
  }
}
