package io.byoa.common.json;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A number as it was written: {@code 0.10} stays {@code 0.10} and {@code 1e5} stays {@code 1e5}.
 *
 * @param text by the grammar of RFC 8259 section 6
 */
public record JsonNumber(String text) implements JsonValue {

  /** Characters that {@link #value()} is exact for: every integer a double can come near to. */
  public static final int LONGEST = 400;

  private static final Pattern GRAMMAR =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?");
  private static final Pattern ZERO = Pattern.compile("-?[0.]*+([eE].*)?");
  private static final BigDecimal BEYOND = new BigDecimal("1e400");

  /** Refuses what is not a JSON number. */
  public JsonNumber {
    if (!GRAMMAR.matcher(text).matches()) {
      throw new IllegalArgumentException("Not a JSON number: " + text);
    }
  }

  /** A whole number. */
  public static JsonNumber of(long value) {
    return new JsonNumber(Long.toString(value));
  }

  /**
   * Whether this is a number that programs can compute with: at most {@value #LONGEST} characters,
   * and neither infinite nor wrongly zero as a 64-bit floating-point number.
   */
  public boolean isUsable() {
    return text.length() <= LONGEST && inRange();
  }

  /** Whether it is neither infinite nor wrongly zero as a 64-bit floating-point number. */
  boolean inRange() {
    double nearest = Double.parseDouble(text);
    return Double.isFinite(nearest) && (nearest != 0 || ZERO.matcher(text).matches());
  }

  /**
   * The value, in time and memory bounded by {@link #LONGEST}: exact when {@link #isUsable()},
   * otherwise the nearest double, and ±10^400 instead of infinity.
   */
  public BigDecimal value() {
    if (isUsable()) {
      // An exponent beyond the reach of BigDecimal can only belong to a zero here.
      return ZERO.matcher(text).matches() ? BigDecimal.ZERO : new BigDecimal(text);
    }
    double nearest = Double.parseDouble(text);
    if (Double.isFinite(nearest)) {
      return new BigDecimal(nearest);
    }
    return nearest > 0 ? BEYOND : BEYOND.negate();
  }

  /** Whether the value is a whole number, however written: {@code 5.0} and {@code 5e3} are. */
  public boolean isWhole() {
    BigDecimal value = value();
    return value.signum() == 0 || value.stripTrailingZeros().scale() <= 0;
  }

  /** A whole number written with digits alone: {@code 5} for {@code 5.0}. */
  public JsonNumber asInteger() {
    return new JsonNumber(value().toBigIntegerExact().toString());
  }

  @Override
  public String toString() {
    return text;
  }
}
