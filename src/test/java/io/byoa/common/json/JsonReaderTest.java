package io.byoa.common.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "true",
        "0.10",
        "1e5",
        "-0",
        "1E+2",
        "\"\"",
        "\"ü😀\\\"\\\\\\n\\u0001\"",
        "[]",
        "{}",
        "[1.50,[],{\"b\":1,\"a\":{\"\":null}}]"
      })
  void keepsTheTextOfTheClient(String json) {
    assertThat(read(json).root().text()).isEqualTo(json);
    assertThat(read(json).violations()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``              | it is empty (line 1, column 1)
          {} {}           | there is something after its end (line 1, column 4)
          {"a":1,}        | unexpected character ('}'): was expecting double-quote to start field name (line 1, column 8)
          {'a':1}         | strings and names stand between double quotes (line 1, column 2)
          {"a":01}        | invalid numeric value: Leading zeroes not allowed (line 1, column 7)
          [NaN]           | NaN and infinities are not numbers in JSON (line 1, column 5)
          [-Infinity]     | NaN and infinities are not numbers in JSON (line 1, column 11)
          // c            | comments are not allowed (line 1, column 1)
          [tru]           | unrecognized token 'tru': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false') (line 1, column 2)
          """)
  void refusesWhatIsNotJson(String json, String said) {
    Failure failure = failure(json.getBytes(UTF_8));
    assertThat(failure).isInstanceOf(Failure.Malformed.class);
    assertThat(failure.code()).isEqualTo("malformed-json");
    assertThat(failure.detail()).isEqualTo("test.json is not JSON: " + said + ".");
  }

  @Test
  void namesTheLineAndTheColumn() {
    assertThat(failure("{\n  \"a\": 1,\n  \"b\" 2\n}".getBytes(UTF_8)).detail())
        .contains("line 3, column 7");
  }

  @Test
  void readsUtf8AndNothingElse() {
    assertThat(JsonReader.read("\uFEFF\"ü\"".getBytes(UTF_8), "x").root())
        .isEqualTo(new JsonString("ü"));
    assertThat(failure("\"ü\"".getBytes(UTF_16)).detail()).contains("is not UTF-8 (byte 0xFE");
    byte[] cut = {'[', '\n', '"', 'a', (byte) 0xC3, '"', ']'};
    assertThat(failure(cut).detail()).contains("is not UTF-8 (byte 0xC3 at line 2, column 3)");
    byte[] unfinished = {'"', (byte) 0xF0, (byte) 0x9F};
    assertThat(failure(unfinished).detail()).contains("is not UTF-8");
  }

  @Test
  void findsEveryDuplicateAndKeepsTheLast() {
    JsonDocument document = read("{\"a\":1,\"b\":{\"x/y\":1,\"x/y\":2,\"x/y\":3},\"a\":2}");
    assertThat(document.root().text()).isEqualTo("{\"a\":2,\"b\":{\"x/y\":3}}");
    assertThat(document.violations())
        .extracting(Violation::pointer)
        .containsExactly("/b/x~1y", "/b/x~1y", "/a");
  }

  @Test
  void refusesWhatNoFileAndNoArgumentCanCarry() {
    assertThat(
            read("[\"\\u0000\",{\"\\u0000\":1},\"\\ud800\",\"\\udc00\\ud800\",\"\\ud83d\\ude00\"]")
                .violations())
        .extracting(Violation::pointer)
        .containsExactly("/0", "/1/\0", "/2", "/3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999",
        "-1e999",
        "1e-999",
        "1e999999999",
        "1e99999999999999999999",
        "1.5e-2147483649"
      })
  void refusesNumbersThatNoProgramCanComputeWith(String number) {
    assertThat(read("[" + number + "]").violations())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.pointer()).isEqualTo("/0");
          assertThat(violation.detail()).startsWith(number + " is outside the range");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.7976931348623157e308",
        "4.9e-324",
        "0e999999999999",
        "0.000e-99999999999",
        "-0.0"
      })
  void takesNumbersUpToTheEdge(String number) {
    assertThat(read(number).violations()).isEmpty();
  }

  @Test
  void refusesNumbersLongerThanAnybodyWrites() {
    assertThat(read("1" + "0".repeat(300)).violations()).isEmpty();
    assertThat(read("0." + "1".repeat(250_000)).violations())
        .singleElement()
        .satisfies(violation -> assertThat(violation.detail()).contains("250002 characters long"));
  }

  @Test
  void refusesNestingThatOnlyAttackersWrite() {
    assertThat(read("[".repeat(64) + "]".repeat(64)).violations()).isEmpty();
    for (int depth : new int[] {65, 100_000}) {
      assertThat(failure("[".repeat(depth).getBytes(UTF_8)).detail())
          .contains("nested deeper than 64 levels");
    }
  }

  @Test
  void agreesWithJacksonOnRandomDocuments() throws Exception {
    Random random = new Random(3);
    ObjectMapper jackson = new ObjectMapper();
    for (int i = 0; i < 500; i++) {
      JsonValue value = random(random, 4);
      assertThat(read(value.text()).root()).isEqualTo(value);
      assertThat(read(value.pretty()).root()).isEqualTo(value);
      assertThat(jackson.readTree(value.pretty())).isEqualTo(jackson.readTree(value.text()));
    }
  }

  private static JsonValue random(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 4 : 6)) {
      case 0 -> new JsonNull();
      case 1 -> new JsonBoolean(random.nextBoolean());
      case 2 ->
          new JsonNumber(random.nextBoolean() ? "" + random.nextInt() : "" + random.nextDouble());
      case 3 -> new JsonString(text(random));
      case 4 -> {
        List<JsonValue> values = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          values.add(random(random, depth - 1));
        }
        yield new JsonArray(values);
      }
      default -> {
        SequencedMap<String, JsonValue> members = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          members.put(text(random), random(random, depth - 1));
        }
        yield new JsonObject(members);
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.appendCodePoint("a\"\\/\n\t\u0001é\u2028😀".codePoints().toArray()[random.nextInt(10)]);
    }
    return text.toString();
  }

  private static JsonDocument read(String json) {
    return JsonReader.read(json, "test.json");
  }

  private static Failure failure(byte[] json) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> JsonReader.read(json, "test.json"));
    if (thrown == null) {
      throw new AssertionError("Accepted: " + new String(json, UTF_8));
    }
    return thrown.failure();
  }
}
