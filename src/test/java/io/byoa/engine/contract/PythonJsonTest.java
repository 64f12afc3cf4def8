package io.byoa.engine.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.RealPython;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Compares with Python's {@code json.loads}, which the public toolkit reads with. */
class PythonJsonTest {

  private static final String PIECES = "{}[]\"\\:, \n\t\u00a0\ufeff/ubn0123456789.eE+-aftNI\u0001é";

  @Test
  void takesWhatPythonTakesAndMakesTheSameOfIt() {
    List<String> texts =
        new ArrayList<>(List.of("", " ", "nul", "[1,]", "{\"a\"}", "{\"a\":1,}", "{1:2}", "'a'"));
    Random random = new Random(11);
    RandomParameters parameters = new RandomParameters(12);
    while (texts.size() < 6_000) {
      parameters.next().values().forEach(value -> texts.add(mutated(value, random)));
      texts.add(mutated("", random));
    }

    List<String> theirs =
        RealPython.lines(
            """
            import sys, json
            for line in sys.stdin:
                try:
                    value = json.loads(json.loads(line))
                    print(json.dumps(value, sort_keys=True, separators=(',', ':')))
                except ValueError:
                    print('refused')
            """,
            texts.stream().map(JsonText::quote).toList());

    for (int i = 0; i < texts.size(); i++) {
      assertThat(PythonJson.read(texts.get(i)).map(PythonText::dumps).orElse("refused"))
          .as(texts.get(i))
          .isEqualTo(theirs.get(i));
    }
    assertThat(theirs).contains("refused");
    assertThat(theirs.stream().filter(answer -> !answer.equals("refused")))
        .hasSizeGreaterThan(1_000);
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(mutated.length() + 1);
      if (random.nextBoolean() || at == mutated.length()) {
        mutated.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
      } else {
        mutated.deleteCharAt(at);
      }
    }
    return mutated.toString();
  }

  @Test
  void givesUpOnDeepNestingWithoutOverflowingTheStack() {
    assertThat(PythonJson.read("[".repeat(1_000) + "]".repeat(1_000))).isPresent();
    assertThat(PythonJson.read("[".repeat(1_001) + "]".repeat(1_001))).isEmpty();
    assertThat(PythonJson.read("{\"a\":".repeat(1_000_000))).isEmpty();
  }

  @Test
  void keepsNumbersAsTheyWereWritten() {
    assertThat(PythonJson.read(" { \"b\" : 0.10, \"a\":[ 1E5 ,-0 ] } ").map(JsonText::of))
        .contains("{\"b\":0.10,\"a\":[1E5,-0]}");
  }
}
