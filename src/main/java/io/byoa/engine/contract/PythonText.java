package io.byoa.engine.contract;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * JSON values as Python prints them: {@code str}, {@code repr} and {@code json.dumps}. The test
 * compares with a real interpreter.
 */
final class PythonText {

  /** How Python sorts strings: by code point, where Java's own order is by UTF-16 unit. */
  static final Comparator<String> ORDER = PythonText::compareCodePoints;

  private PythonText() {}

  /** {@code str(value)}. */
  static String str(Json value) {
    return value instanceof Json.Text(String text) ? text : repr(value);
  }

  /** {@code repr(value)}. */
  static String repr(Json value) {
    return switch (value) {
      case Json.Null() -> "None";
      case Json.Bool(boolean truth) -> truth ? "True" : "False";
      case Json.Num number -> numeral(number);
      case Json.Text(String text) -> PythonString.repr(text);
      case Json.Elements(var elements) ->
          elements.stream().map(PythonText::repr).collect(Collectors.joining(", ", "[", "]"));
      case Json.Members(var members) ->
          members.entrySet().stream()
              .map(member -> PythonString.repr(member.getKey()) + ": " + repr(member.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
    };
  }

  /**
   * {@code json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True)}, which is
   * how the public training toolkit writes variables.
   */
  static String dumps(Json value) {
    return switch (value) {
      case Json.Null() -> "null";
      case Json.Bool(boolean truth) -> truth ? "true" : "false";
      case Json.Num number ->
          switch (numeral(number)) {
            case "nan" -> "NaN";
            case "inf" -> "Infinity";
            case "-inf" -> "-Infinity";
            case String text -> text;
          };
      case Json.Text(String text) -> JsonText.quote(text);
      case Json.Elements(var elements) ->
          elements.stream().map(PythonText::dumps).collect(Collectors.joining(",", "[", "]"));
      case Json.Members(var members) ->
          members.entrySet().stream()
              .sorted(Map.Entry.comparingByKey(ORDER))
              .map(member -> JsonText.quote(member.getKey()) + ":" + dumps(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  /** {@code bool(value)}. */
  static boolean truth(Json value) {
    return switch (value) {
      case Json.Null() -> false;
      case Json.Bool(boolean truth) -> truth;
      case Json.Num(String text) -> Double.parseDouble(text) != 0;
      case Json.Text(String text) -> !text.isEmpty();
      case Json.Elements(var elements) -> !elements.isEmpty();
      case Json.Members(var members) -> !members.isEmpty();
    };
  }

  private static String numeral(Json.Num number) {
    if (!number.isInteger()) {
      return PythonFloat.repr(Double.parseDouble(number.text()));
    }
    return number.text().equals("-0") ? "0" : number.text();
  }

  private static int compareCodePoints(String a, String b) {
    int at = 0;
    while (at < a.length() && at < b.length() && a.charAt(at) == b.charAt(at)) {
      at++;
    }
    if (at == a.length() || at == b.length()) {
      return Integer.compare(a.length(), b.length());
    }
    // The units differ here. If both are second halves of a pair, their order is the pair's.
    return Integer.compare(a.codePointAt(at), b.codePointAt(at));
  }
}
