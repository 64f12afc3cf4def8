package io.byoa.algorithm.descriptor;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version by Semantic Versioning 2.0.0 (semver.org) without a build part, ordered by precedence.
 *
 * @param preRelease the dot-separated identifiers behind the dash; none for a release
 */
public record SemVer(BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease)
    implements Comparable<SemVer> {

  /** Characters a version may have; semver.org names 255 as an example of a sensible bound. */
  static final int LONGEST = 255;

  /** The grammar of semver.org without the build part, as RE2 and ECMAScript read it too. */
  static final String GRAMMAR =
      "^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)"
          + "(?:-((?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)"
          + "(?:\\.(?:0|[1-9][0-9]*|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*))*))?$";

  private static final Pattern SHAPE = Pattern.compile(GRAMMAR);

  /** Copies the list. */
  public SemVer {
    preRelease = List.copyOf(preRelease);
    if (!SHAPE.matcher(text(major, minor, patch, preRelease)).matches()) {
      throw new IllegalArgumentException("Not a version: " + text(major, minor, patch, preRelease));
    }
  }

  /** The version that this text is; empty when it is none, or has a build part. */
  public static Optional<SemVer> parse(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = SHAPE.matcher(text);
    // matches(), since find() would let $ stop before a final newline.
    if (!matcher.matches()) {
      return Optional.empty();
    }
    @Nullable String identifiers = matcher.group(4);
    return Optional.of(
        new SemVer(
            new BigInteger(matcher.group(1)),
            new BigInteger(matcher.group(2)),
            new BigInteger(matcher.group(3)),
            identifiers == null ? List.of() : List.of(identifiers.split("\\.", -1))));
  }

  /** Whether it has no pre-release part. */
  public boolean isRelease() {
    return preRelease.isEmpty();
  }

  /** Precedence by section 11 of the specification. */
  @Override
  public int compareTo(SemVer other) {
    int core = major.compareTo(other.major);
    core = core != 0 ? core : minor.compareTo(other.minor);
    core = core != 0 ? core : patch.compareTo(other.patch);
    if (core != 0) {
      return core;
    }
    if (isRelease() || other.isRelease()) {
      return Boolean.compare(isRelease(), other.isRelease());
    }
    for (int i = 0; i < Math.min(preRelease.size(), other.preRelease.size()); i++) {
      int order = compareIdentifiers(preRelease.get(i), other.preRelease.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(preRelease.size(), other.preRelease.size());
  }

  private static int compareIdentifiers(String a, String b) {
    boolean numeric = isNumeric(a);
    if (numeric != isNumeric(b)) {
      return numeric ? -1 : 1;
    }
    return numeric ? new BigInteger(a).compareTo(new BigInteger(b)) : a.compareTo(b);
  }

  private static boolean isNumeric(String identifier) {
    return identifier.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * A printable ASCII text whose order by bytes (collation "C") is the order of {@link #compareTo};
   * equal for equal versions alone. For a database column; it is never parsed.
   */
  public String sortKey() {
    StringBuilder key = new StringBuilder();
    number(key, major.toString());
    number(key, minor.toString());
    number(key, patch.toString());
    if (isRelease()) {
      return key.append('~').toString();
    }
    key.append('-');
    for (String identifier : preRelease) {
      if (isNumeric(identifier)) {
        number(key.append('1'), identifier);
      } else {
        // The end mark sorts below every character of an identifier: "a" before "a-".
        key.append('2').append(identifier).append('!');
      }
    }
    return key.toString();
  }

  /** Digits behind their count, and the count behind its own: longer numbers sort higher. */
  private static void number(StringBuilder key, String digits) {
    String count = Integer.toString(digits.length());
    key.append(count.length()).append(count).append(digits);
  }

  /** As it is written: {@code 1.4.0-rc.1}. */
  @Override
  public String toString() {
    return text(major, minor, patch, preRelease);
  }

  private static String text(
      BigInteger major, BigInteger minor, BigInteger patch, List<String> preRelease) {
    String core = major + "." + minor + "." + patch;
    return preRelease.isEmpty() ? core : core + "-" + String.join(".", preRelease);
  }
}
