package io.byoa.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AttachmentNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.csv",
        "a b.csv",
        "é.csv",
        "a\"b\\c.csv",
        "100%.csv",
        "日本.txt",
        "a;b.csv",
        "a'b"
      })
  void whatIsWrittenIsReadBack(String name) {
    String header = AttachmentName.header(name);
    assertThat(header).startsWith("attachment; filename=\"").isPrintable();
    assertThat(AttachmentName.parse(header)).contains(name);
  }

  @Test
  void cannotBeBrokenOutOf() {
    assertThat(AttachmentName.header("a\"; x=\"\r\nSet-Cookie: b"))
        .isEqualTo(
            "attachment; filename=\"a_; x=___Set-Cookie: b\";"
                + " filename*=UTF-8''a%22%3B%20x%3D%22%0D%0ASet-Cookie%3A%20b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "attachment; filename=\"iris.csv\" | iris.csv",
        "attachment;filename=iris.csv | iris.csv",
        "attachment; FileName = \"a b;c.csv\"; size=3 | a b;c.csv",
        "attachment; filename=\"a\\\"b\" | a\"b",
        "form-data; name=\"f\"; filename=\"x\" | x",
        "filename=\"x.csv\" | x.csv",
        "attachment; filename=\"plain\"; filename*=UTF-8''b%C3%A9.csv | bé.csv",
        "attachment; filename*=iso-8859-1'en'%E9 | é",
        "attachment; filename=\"\" | ``",
      })
  void readsWhatClientsWrite(String header, String name) {
    assertThat(AttachmentName.parse(header)).contains(name);
  }

  @Test
  void takesBytesBeyondAsciiAsUtf8() {
    String wire = new String("é.csv".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(AttachmentName.parse("attachment; filename=\"" + wire + "\"")).contains("é.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"attachment", "inline", "", "attachment; size=3"})
  void findsNoNameWhereThereIsNone(String header) {
    assertThat(AttachmentName.parse(header)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attachment; filename=\"open",
        "attachment; filename*=UTF-8''%C3",
        "attachment; filename=",
        "attachment; filename*=UTF-8''%C",
        "attachment; filename*=UTF-8''%ZZ",
        "attachment; filename=\"\u00e9\"",
        "attachment; filename*=EBCDIC''a"
      })
  void refusesANameThatCannotBeRead(String header) {
    assertThatThrownBy(() -> AttachmentName.parse(header)).isInstanceOf(FailureException.class);
  }
}
