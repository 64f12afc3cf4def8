package io.byoa.engine.contract;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Doubles as Python prints them: the shortest text that reads back as the same number. */
final class PythonFloat {

  private PythonFloat() {}

  /** {@code repr(value)}, such as {@code 0.1}, {@code 1e-05}, {@code 1e+16}, {@code -0.0}. */
  static String repr(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    String sign = Math.copySign(1, value) < 0 ? "-" : "";
    if (value == 0) {
      return sign + "0.0";
    }
    BigDecimal shortest = shortest(Math.abs(value));
    String digits = shortest.unscaledValue().toString();
    // Where the decimal point goes, counted from the first digit: 0.25 is 0, 2.5 is 1.
    int point = digits.length() - shortest.scale();
    return sign + (point > -4 && point <= 16 ? plain(digits, point) : scientific(digits, point));
  }

  /**
   * Java's own text is the shortest too, except that it writes at least two digits and uses the
   * second one to come closer: {@code 4.9E-324}, where one digit ({@code 5e-324}) is enough.
   */
  private static BigDecimal shortest(double value) {
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (decimal.precision() == 2) {
      BigDecimal single =
          new BigDecimal(value)
              .round(new MathContext(1, RoundingMode.HALF_EVEN))
              .stripTrailingZeros();
      if (single.doubleValue() == value) {
        return single;
      }
    }
    return decimal;
  }

  private static String plain(String digits, int point) {
    if (point <= 0) {
      return "0." + "0".repeat(-point) + digits;
    }
    if (point >= digits.length()) {
      return digits + "0".repeat(point - digits.length()) + ".0";
    }
    return digits.substring(0, point) + "." + digits.substring(point);
  }

  private static String scientific(String digits, int point) {
    int exponent = point - 1;
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    return mantissa
        + (exponent < 0 ? "e-" : "e+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
