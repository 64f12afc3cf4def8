package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UploadShapeTest {

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};
  private static final byte[] TEXT = "a,b\n".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource({
    "application/zip",
    "application/gzip",
    "application/x-gzip",
    "'Application/ZIP; x=y'"
  })
  void anArchiveIsWhatItsMediaTypeSays(String type) {
    // What it is not after all, the inspection finds.
    assertThat(UploadShape.of(type, null, TEXT)).isEqualTo(new UploadShape.Archive());
  }

  @ParameterizedTest
  @CsvSource({"application/octet-stream", "application/x-www-form-urlencoded", ","})
  void withoutAMediaTypeTheFirstBytesDecide(@Nullable String type) {
    assertThat(UploadShape.of(type, null, ZIP)).isEqualTo(new UploadShape.Archive());
    assertThat(UploadShape.of(type, null, GZIP)).isEqualTo(new UploadShape.Archive());
    assertThat(UploadShape.of(type, null, TEXT)).isEqualTo(new UploadShape.File("data"));
    assertThat(UploadShape.of(type, null, new byte[0])).isEqualTo(new UploadShape.File("data"));
  }

  @ParameterizedTest
  @CsvSource({
    "text/csv, data.csv", "text/csv; charset=utf-8, data.csv", "application/json, data.json",
    "text/plain, data.txt", "application/x-ndjson, data.jsonl", "application/x-unheard-of, data"
  })
  void aFileWithoutANameIsCalledByItsMediaType(String type, String name) {
    assertThat(UploadShape.of(type, null, ZIP)).isEqualTo(new UploadShape.File(name));
  }

  @Test
  void aFileWithANameIsKeptAsItIs() {
    assertThat(UploadShape.of("application/zip", "model.zip", ZIP))
        .isEqualTo(new UploadShape.File("model.zip"));
  }

  @Test
  void refusesForms() {
    assertThatThrownBy(() -> UploadShape.of("multipart/form-data; boundary=x", null, TEXT))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.UnsupportedMediaType.class));
  }
}
