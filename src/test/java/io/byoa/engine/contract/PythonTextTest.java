package io.byoa.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.testing.RealPython;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares with a real {@code python3}. */
class PythonTextTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void printsDoublesAsPythonDoes() {
    List<Double> doubles = doubles(new Random(7)).boxed().toList();
    List<String> theirs =
        RealPython.lines(
            """
            import sys, struct
            for line in sys.stdin:
                print(repr(struct.unpack('>d', bytes.fromhex(line.strip()))[0]))
            """,
            doubles.stream().map(d -> "%016x".formatted(Double.doubleToRawLongBits(d))).toList());

    assertThat(doubles).hasSizeGreaterThan(20_000);
    assertThat(doubles.stream().map(PythonFloat::repr).toList()).isEqualTo(theirs);
  }

  /**
   * All powers of two and ten, their neighbours, subnormal numbers, and random ones of all kinds.
   */
  private static DoubleStream doubles(Random random) {
    DoubleStream special =
        DoubleStream.of(
            0.0,
            -0.0,
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.MAX_VALUE,
            0.1,
            1e22,
            1e23,
            2e23,
            9007199254740992.0);
    DoubleStream twos = IntStream.rangeClosed(-1074, 1023).mapToDouble(e -> Math.scalb(1.0, e));
    DoubleStream tens =
        IntStream.rangeClosed(-323, 308).mapToDouble(e -> Double.parseDouble("1e" + e));
    DoubleStream near =
        DoubleStream.concat(twos, tens)
            .flatMap(d -> DoubleStream.of(d, Math.nextUp(d), Math.nextDown(d), -d));
    DoubleStream smallest = IntStream.range(1, 2_000).mapToDouble(Double::longBitsToDouble);
    DoubleStream bits = random.longs(6_000).mapToDouble(Double::longBitsToDouble);
    DoubleStream typed =
        random
            .ints(6_000, 0, 1_000_000)
            .mapToDouble(i -> Double.parseDouble(i + "e" + (random.nextInt(60) - 35)));
    return Stream.of(special, near, smallest, bits, typed).flatMapToDouble(s -> s);
  }

  @Test
  void quotesEveryCharacterAsPythonDoes() {
    // Characters newer than that Python's version of Unicode print in newer Pythons alone.
    String program =
        """
        import sys, json, unicodedata
        for line in sys.stdin:
            text = json.loads(line)
            known = all(unicodedata.category(c) != 'Cn' for c in text)
            print(json.dumps([repr(text), json.dumps(text)] if known else None))
        """;
    List<String> texts = new ArrayList<>();
    IntStream.rangeClosed(0, 0x30000)
        .filter(c -> c < 0x0500 || c % 17 == 0)
        .filter(c -> Character.getType(c) != Character.UNASSIGNED)
        .forEach(c -> texts.add(Character.toString(c)));
    texts.addAll(List.of("", "'", "\"", "'\"", "it's", "\\'", "a\nb", "🌸'", "\ud800", "\udc00a"));
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      texts.add(
          random
              .ints(8, 0x20, 0x180)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString());
    }

    List<String> theirs = RealPython.lines(program, texts.stream().map(JsonText::quote).toList());

    assertThat(theirs).hasSameSizeAs(texts);
    int compared = 0;
    for (int i = 0; i < texts.size(); i++) {
      if (!theirs.get(i).equals("null")) {
        String text = texts.get(i);
        assertThat(json(List.of(PythonString.repr(text), JsonText.quote(text))))
            .isEqualTo(normal(theirs.get(i)));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(8_000);
  }

  @Test
  void sortsTextsAsPythonDoes() {
    List<String> texts =
        new ArrayList<>(
            Arrays.asList(
                "b", "a", "", "ab", "A", "🌸", "🌹", "\uffee", "\ue000", "🌸a", "é", "a🌸",
                "a\uffee", "_", "-"));

    List<String> theirs =
        RealPython.lines(
            "import sys, json\nprint(json.dumps(sorted(json.loads(l) for l in sys.stdin)))",
            texts.stream().map(JsonText::quote).toList());

    texts.sort(PythonText.ORDER);
    assertThat(json(texts)).isEqualTo(normal(theirs.getFirst()));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static String normal(String text) {
    try {
      return json(JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
