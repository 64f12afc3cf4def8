package io.byoa.access;

import io.byoa.common.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A secret that lets its bearer in: {@code byoa_<kind>_<30 base62><6 base62>}.
 *
 * <p>The 30 characters are random (178 bits). The last 6 are the CRC-32 of everything before them:
 * a mistyped or cut token is told from an unknown one without asking the database, and scanners for
 * leaked secrets find ours without false alarms. Only {@link #digest()} is ever stored.
 */
final class Token {

  /** What a token was made for; tells whoever finds one in a log what has leaked. */
  enum Kind {
    /** A person's. */
    PAT,
    /** A pipeline's. */
    CI,
    /** An administrator's, made on the machine itself. */
    ADM,
    /** A browser session's, kept in a cookie. */
    SES;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private static final String BASE62 =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int RANDOM_LENGTH = 30;
  private static final int CHECK_LENGTH = 6;
  private static final Pattern SHAPE =
      Pattern.compile(
          "byoa_(pat|ci|adm|ses)_[0-9A-Za-z]{%d}".formatted(RANDOM_LENGTH + CHECK_LENGTH));
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Kind kind;
  private final String text;

  private Token(Kind kind, String text) {
    this.kind = kind;
    this.text = text;
  }

  /** A new token that nobody else has. */
  static Token generate(Kind kind) {
    StringBuilder text = new StringBuilder("byoa_").append(kind.word()).append('_');
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      text.append(BASE62.charAt(RANDOM.nextInt(BASE62.length())));
    }
    return new Token(kind, text + check(text.toString()));
  }

  /** The token that this text is; empty when it has another shape or a wrong checksum. */
  static Optional<Token> parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECK_LENGTH;
    return check(text.substring(0, end)).equals(text.substring(end))
        ? Optional.of(new Token(Kind.of(matcher.group(1)), text))
        : Optional.empty();
  }

  private static String check(String body) {
    CRC32 crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    char[] check = new char[CHECK_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      check[i] = BASE62.charAt((int) (rest % BASE62.length()));
      rest /= BASE62.length();
    }
    return new String(check);
  }

  Kind kind() {
    return kind;
  }

  /** The secret itself; for its bearer's eyes only. */
  String secret() {
    return text;
  }

  /**
   * What is stored and looked up. A plain digest is enough, since 178 random bits cannot be guessed
   * offline; and looking a digest up needs no comparison in constant time, since what the time
   * would tell about a stored digest does not help to find a text with that digest.
   */
  Sha256 digest() {
    return Sha256.of(text);
  }

  /** The kind alone, so that no log holds the secret. */
  @Override
  public String toString() {
    return "byoa_" + kind.word() + "_…";
  }
}
