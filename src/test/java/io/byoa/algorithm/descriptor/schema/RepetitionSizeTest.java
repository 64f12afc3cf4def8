package io.byoa.algorithm.descriptor.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepetitionSizeTest {

  /** Instructions that every program has: fail, match, and the beginning. */
  private static final int FRAME = 4;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "a", "(a{1,30}b){7}", "(?:[a-z]{3}){20}|\\w{5,}", "((a|b){3}c*){9}", "[]{9}]{9}",
        "\\x{41}", "\\p{Greek}{9}", "\\Qa{9}\\E{2}", "a{,9}", "a{9", "[[:alpha:]{9}]{3}"
      })
  void isNotLessThanTheProgramAndNotAbsurdlyMore(String regex) {
    int built = Pattern.compile(regex).programSize();
    assertThat(RepetitionSize.of(regex)).isBetween((long) built - FRAME, 4L * built + FRAME);
  }

  @Test
  void isNotLessThanTheProgramOfRandomExpressions() {
    Random random = new Random(19);
    int compiled = 0;
    for (int i = 0; i < 20_000; i++) {
      String regex = random(random);
      long estimated = RepetitionSize.of(regex);
      if (estimated > 100_000) {
        continue;
      }
      try {
        int built = Pattern.compile(regex).programSize();
        assertThat(estimated).as(regex).isGreaterThanOrEqualTo(built - FRAME);
        compiled++;
      } catch (PatternSyntaxException e) {
        // Most random texts are no expressions; the estimate merely has to survive them.
        assertThat(e).isNotNull();
      }
    }
    assertThat(compiled).isGreaterThan(1000);
  }

  private static String random(Random random) {
    String[] pieces = {
      "a", "b", "(", ")", "(?:", "[a-z]", "[^]x]", "|", "*", "+", "?", "{3}", "{2,5}", "{7,}",
      "\\d", "\\Q", "\\E", "\\x{41}", "{0}", "{0,1}", "\\", "[", "]", "{", "}", "."
    };
    StringBuilder regex = new StringBuilder();
    for (int i = random.nextInt(9); i >= 0; i--) {
      regex.append(pieces[random.nextInt(pieces.length)]);
    }
    return regex.toString();
  }

  @Test
  void countsWithoutEnd() {
    assertThat(RepetitionSize.of("(((a{999999999}){999999999}){999999999})"))
        .isGreaterThan(1_000_000);
    assertThat(RepetitionSize.of("(".repeat(500))).isPositive();
  }
}
