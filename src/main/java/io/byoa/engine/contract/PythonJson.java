package io.byoa.engine.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Reads JSON text exactly as Python's {@code json.loads} does: RFC 8259, and {@code NaN}, {@code
 * Infinity}, {@code -Infinity}. What it keeps and Jackson would not is the text of numbers.
 *
 * <p>Not the house's own reader ({@code io.byoa.common.json}), which refuses what clients should
 * not send: here the public toolkit decides what is JSON, since it takes every string for it.
 */
final class PythonJson {

  /** Objects and arrays within each other; Python's own reader gives up a little earlier. */
  static final int MAXIMUM_DEPTH = 1000;

  /** Python refuses to read longer integers ({@code sys.set_int_max_str_digits}). */
  static final int MAXIMUM_DIGITS = 4300;

  private final String text;
  private int at;
  private int depth;

  private PythonJson(String text) {
    this.text = text;
  }

  /** The value, or empty when the text is not JSON. */
  static Optional<Json> read(String text) {
    try {
      PythonJson reader = new PythonJson(text);
      Json value = reader.value();
      reader.skipSpace();
      if (reader.at < text.length()) {
        throw new NotJson();
      }
      return Optional.of(value);
    } catch (NotJson e) {
      return Optional.empty();
    }
  }

  private Json value() {
    skipSpace();
    return switch (peek()) {
      case '{' -> members();
      case '[' -> elements();
      case '"' -> Json.of(string());
      case 't' -> word("true", Json.of(true));
      case 'f' -> word("false", Json.of(false));
      case 'n' -> word("null", Json.NULL);
      case 'N' -> word("NaN", new Json.Num("NaN"));
      case 'I' -> word("Infinity", new Json.Num("Infinity"));
      default ->
          text.startsWith("-Infinity", at)
              ? word("-Infinity", new Json.Num("-Infinity"))
              : number();
    };
  }

  private Json members() {
    enter();
    SequencedMap<String, Json> members = Json.members();
    if (!skip('}')) {
      do {
        skipSpace();
        if (peek() != '"') {
          throw new NotJson();
        }
        String name = string();
        expect(':');
        // Like a Python dict: a repeated name keeps its first place and its last value.
        members.put(name, value());
      } while (skip(','));
      expect('}');
    }
    depth--;
    return new Json.Members(members);
  }

  private Json elements() {
    enter();
    List<Json> elements = new ArrayList<>();
    if (!skip(']')) {
      do {
        elements.add(value());
      } while (skip(','));
      expect(']');
    }
    depth--;
    return new Json.Elements(elements);
  }

  private void enter() {
    at++;
    if (++depth > MAXIMUM_DEPTH) {
      throw new NotJson();
    }
  }

  private Json number() {
    int start = at;
    take('-');
    if (!take('0')) {
      digits();
    }
    int integerEnd = at;
    int rewind = at;
    if (take('.') && isDigit(peekOrNul())) {
      digits();
      rewind = at;
    }
    at = rewind;
    if (take('e') || take('E')) {
      if (!take('+')) {
        take('-');
      }
      if (isDigit(peekOrNul())) {
        digits();
        rewind = at;
      }
    }
    at = rewind;
    String number = text.substring(start, at);
    int digits = number.startsWith("-") ? number.length() - 1 : number.length();
    if (at == integerEnd && digits > MAXIMUM_DIGITS) {
      throw new NotJson();
    }
    return new Json.Num(number);
  }

  private void digits() {
    if (!isDigit(peek())) {
      throw new NotJson();
    }
    while (isDigit(peekOrNul())) {
      at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private String string() {
    at++;
    StringBuilder string = new StringBuilder();
    for (char c = next(); c != '"'; c = next()) {
      if (c < ' ') {
        throw new NotJson();
      }
      string.append(c == '\\' ? escape() : c);
    }
    return string.toString();
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
          char hex = next();
          int digit = hex < 0x80 ? Character.digit(hex, 16) : -1;
          if (digit < 0) {
            throw new NotJson();
          }
          unit = unit * 16 + digit;
        }
        yield (char) unit;
      }
      default -> throw new NotJson();
    };
  }

  private Json word(String word, Json value) {
    if (!text.startsWith(word, at)) {
      throw new NotJson();
    }
    at += word.length();
    return value;
  }

  private void expect(char c) {
    if (!skip(c)) {
      throw new NotJson();
    }
  }

  /** Goes past white space and then {@code c}, if it is there. */
  private boolean skip(char c) {
    skipSpace();
    return take(c);
  }

  private boolean take(char c) {
    boolean there = at < text.length() && text.charAt(at) == c;
    if (there) {
      at++;
    }
    return there;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw new NotJson();
    }
    return text.charAt(at);
  }

  private char peekOrNul() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  /** Leaves the recursion; carries nothing, since nobody is told where. */
  private static final class NotJson extends RuntimeException {
    NotJson() {
      super(null, null, false, false);
    }
  }
}
