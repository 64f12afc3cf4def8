package io.byoa.engine.contract;

import java.util.stream.Collectors;

/**
 * JSON written without white space, numbers as they came, members in their order, in ASCII: a
 * program reads the same whatever encoding it takes a file or an argument for.
 */
final class JsonText {

  private JsonText() {}

  /** The text of a value. */
  static String of(Json value) {
    return switch (value) {
      case Json.Null() -> "null";
      case Json.Bool(boolean truth) -> truth ? "true" : "false";
      case Json.Num(String text) -> text;
      case Json.Text(String text) -> quote(text);
      case Json.Elements(var elements) ->
          elements.stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
      case Json.Members(var members) ->
          members.entrySet().stream()
              .map(member -> quote(member.getKey()) + ":" + of(member.getValue()))
              .collect(Collectors.joining(",", "{", "}"));
    };
  }

  /** A string in quotes, escaped as Python's {@code json} does with {@code ensure_ascii}. */
  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\f' -> out.append("\\f");
        case '\b' -> out.append("\\b");
        default -> {
          if (c >= ' ' && c <= '~') {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
