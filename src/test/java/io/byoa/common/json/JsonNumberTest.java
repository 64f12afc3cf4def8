package io.byoa.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

  @ParameterizedTest
  @CsvSource({
    "5.0,5",
    "5,5",
    "-5.000,-5",
    "1e3,1000",
    "1.5e1,15",
    "50e-1,5",
    "-0,0",
    "-0.0,0",
    "0e5,0"
  })
  void writesWholeNumbersWithDigitsAlone(String text, String integer) {
    JsonNumber number = new JsonNumber(text);
    assertThat(number.isWhole()).isTrue();
    assertThat(number.asInteger().text()).isEqualTo(integer);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "1e-1", "15e-1", "1.0000000000000000000000001"})
  void knowsFractions(String text) {
    assertThat(new JsonNumber(text).isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "+1",
        "1.",
        ".5",
        "01",
        "NaN",
        "Infinity",
        "0x1",
        "1e",
        "1 ",
        "--1",
        "1f",
        "１"
      })
  void refusesWhatIsNoJsonNumber(String text) {
    assertThatThrownBy(() -> new JsonNumber(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void boundsTheValueOfWhatCannotBeUsed() {
    assertThat(new JsonNumber("1e999999999").value()).isEqualByComparingTo(new BigDecimal("1e400"));
    assertThat(new JsonNumber("-1e99999999999999").value())
        .isEqualByComparingTo(new BigDecimal("-1e400"));
    assertThat(new JsonNumber("1e-999999999").value()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(new JsonNumber("0." + "3".repeat(100_000)).value())
        .isEqualByComparingTo(new BigDecimal(1 / 3.0));
  }

  @Test
  void isExactForRandomNumbers() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      BigDecimal exact =
          new BigDecimal(new BigInteger(1 + random.nextInt(300), random), random.nextInt(200));
      JsonNumber number = new JsonNumber(exact.toString().replace("E+", "e"));
      assertThat(number.value()).isEqualByComparingTo(exact);
      assertThat(number.isWhole()).isEqualTo(exact.stripTrailingZeros().scale() <= 0);
    }
  }
}
