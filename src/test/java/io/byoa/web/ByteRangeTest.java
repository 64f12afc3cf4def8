package io.byoa.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteRangeTest {

  @ParameterizedTest
  @CsvSource({
    "bytes=0-0, 0, 1, bytes 0-0/10",
    "bytes=3-, 3, 7, bytes 3-9/10",
    "bytes=3-100, 3, 7, bytes 3-9/10",
    "bytes=-4, 6, 4, bytes 6-9/10",
    "bytes=-100, 0, 10, bytes 0-9/10",
    "' Bytes = 9-9 ', 9, 1, bytes 9-9/10"
  })
  void isAPartOfTheContent(String header, long from, long length, String contentRange) {
    ByteRange range = ByteRange.parse(header, 10).orElseThrow();
    assertThat(range).isEqualTo(new ByteRange(from, length));
    assertThat(range.contentRange(10)).isEqualTo(contentRange);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=10-", "bytes=11-12", "bytes=-0"})
  void cannotLieOutside(String header) {
    ByteRange range = ByteRange.parse(header, 10).orElseThrow();
    assertThat(range.isSatisfiable()).isFalse();
    assertThat(range.contentRange(10)).isEqualTo("bytes */10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "bytes=-", "bytes=5-3", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"})
  void isIgnoredWhenItIsAnythingElse(String header) {
    assertThat(ByteRange.parse(header, 10)).isEmpty();
  }

  @Test
  void isBeyondTheContentHoweverLargeItsNumbersAre() {
    String large = "9".repeat(40);
    assertThat(ByteRange.parse("bytes=" + large + "-", 10).orElseThrow().isSatisfiable()).isFalse();
    assertThat(ByteRange.parse("bytes=0-" + large, 10)).contains(new ByteRange(0, 10));
    assertThat(ByteRange.parse("bytes=-" + large, 10)).contains(new ByteRange(0, 10));
    assertThat(ByteRange.parse("bytes=" + "0".repeat(40) + "3-4", 10))
        .contains(new ByteRange(3, 2));
  }
}
