package io.byoa.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

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
}
