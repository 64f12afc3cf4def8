package io.byoa.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonFieldsTest {

  private record Range(long from, long to) {
    Range {
      if (from > to) {
        throw new IllegalArgumentException("from is after to");
      }
    }

    static Range read(JsonFields in) {
      var from = in.integer("from").required();
      var to = in.integer("to").required().between(0, 9);
      return new Range(from.get(), to.get());
    }
  }

  @Test
  void looksAtEveryFieldBeforeItGivesUp() throws IOException {
    assertThat(violations("{\"to\":10,\"form\":1}", Range::read))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/from", "/to", "/form");
  }

  @Test
  void aDefectOfTheReaderIsNotTheClientsFault() {
    assertThatThrownBy(() -> parse("{\"from\":2,\"to\":1}").read(Range::read))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void escapesPointers() throws IOException {
    assertThat(violations("{\"a/b~c\":1}", in -> ""))
        .extracting(Violation::pointer)
        .containsExactly("/a~1b~0c");
  }

  @Test
  void gathersFromListsMapsAndObjectsAlike() throws IOException {
    Function<JsonFields, String> reader =
        in -> {
          in.list("ranges", element -> element.asObject(Range::read));
          in.map("tags", JsonField::asText);
          in.choice("colour", Map.of("red", 1, "blue", 2));
          return "";
        };
    assertThat(
            violations(
                "{\"ranges\":[{\"from\":1,\"to\":2},{\"from\":1}],\"tags\":{\"a\":1},\"colour\":\"bleu\"}",
                reader))
        .containsExactlyInAnyOrder(
            new Violation("/ranges/1/to", "Missing; it is required."),
            new Violation("/tags/a", "Expected a string, found number 1."),
            new Violation("/colour", "'bleu' is not one of blue, red, did you mean 'blue'?"));
  }

  @Test
  void takesWholeNumbersHoweverTheyAreWritten() throws IOException {
    for (String whole : List.of("5", "5.0", "5e0", "50e-1")) {
      long read = parse("{\"n\":" + whole + "}").read(in -> in.integer("n").get());
      assertThat(read).isEqualTo(5);
    }
    for (String other :
        List.of("5.5", "1e400", "9223372036854775808", "\"5\"", "true", "1e999999999")) {
      assertThat(violations("{\"n\":" + other + "}", in -> in.integer("n").orElse(0L)))
          .as(other)
          .hasSize(1);
    }
  }

  @Test
  void keepsNumbersExact() throws IOException {
    assertThat(parse("{\"n\":0.10000000000000000000001,\"m\":1.50}").json())
        .hasToString("{\"n\":0.10000000000000000000001,\"m\":1.50}");
  }

  private static List<Violation> violations(String body, Function<JsonFields, ?> reader)
      throws IOException {
    JsonBody json = parse(body);
    FailureException thrown = catchThrowableOfType(FailureException.class, () -> json.read(reader));
    assertThat(thrown.failure()).isInstanceOf(Failure.Invalid.class);
    return thrown.failure().violations();
  }

  private static JsonBody parse(String body) throws IOException {
    return JsonBody.parse(body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\u0000b", "\\ud83d", "\\udc00\\ud83d", "x\\udfff"})
  void refusesTextThatCannotBeKept(String text) throws IOException {
    String value = "\"" + text + "\"";
    assertThat(violations("{\"t\":" + value + "}", in -> in.text("t").orElse("")))
        .extracting(Violation::pointer)
        .containsExactly("/t");
    assertThat(
            violations(
                "{\"t\":[" + value + "],\"m\":{\"a\":" + value + "}}",
                in -> {
                  in.list("t", JsonField::asText);
                  in.map("m", JsonField::asText);
                  return "";
                }))
        .extracting(Violation::pointer)
        .containsExactlyInAnyOrder("/t/0", "/m/a");
  }

  @Test
  void keepsEveryOtherText() throws IOException {
    String read = parse("{\"t\":\"\\ud83d\\ude00 \\u0001\\n\"}").read(in -> in.text("t").get());
    assertThat(read).isEqualTo("\ud83d\ude00 \u0001\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tomorrow",
        "+999999999-12-31T23:59:59Z",
        "-999999999-01-01T00:00:00Z",
        "99999-01-01T00:00:00Z",
        "1969-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-18:00",
        "2030-01-01T00:00:00",
        "2030-02-30T00:00:00Z"
      })
  void refusesTimesThatCannotBeKept(String time) throws IOException {
    assertThat(violations("{\"at\":\"" + time + "\"}", in -> in.time("at").orElse(Instant.EPOCH)))
        .extracting(Violation::pointer)
        .containsExactly("/at");
  }
}
