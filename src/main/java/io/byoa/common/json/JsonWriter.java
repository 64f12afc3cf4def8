package io.byoa.common.json;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes values as JSON text; characters are escaped only where RFC 8259 asks for it. */
final class JsonWriter {

  private static final int LINE = 100;

  private final StringBuilder out = new StringBuilder();
  private final boolean indented;

  private JsonWriter(boolean indented) {
    this.indented = indented;
  }

  static String compact(JsonValue value) {
    JsonWriter writer = new JsonWriter(false);
    writer.write(value, 0);
    return writer.out.toString();
  }

  static String pretty(JsonValue value) {
    JsonWriter writer = new JsonWriter(true);
    writer.write(value, 0);
    return writer.out.append('\n').toString();
  }

  private void write(JsonValue value, int depth) {
    switch (value) {
      case JsonNull _ -> out.append("null");
      case JsonBoolean(boolean flag) -> out.append(flag);
      case JsonNumber(String text) -> out.append(text);
      case JsonString(String text) -> string(text);
      case JsonArray(var values) -> array(values, depth);
      case JsonObject(var members) -> object(members, depth);
    }
  }

  private void array(List<JsonValue> values, int depth) {
    boolean broken = indented && !fitsOnALine(values);
    out.append('[');
    for (Iterator<JsonValue> each = values.iterator(); each.hasNext(); ) {
      if (broken) {
        newLine(depth + 1);
      }
      write(each.next(), depth + 1);
      if (each.hasNext()) {
        out.append(indented && !broken ? ", " : ",");
      }
    }
    if (broken) {
      newLine(depth);
    }
    out.append(']');
  }

  private static boolean fitsOnALine(List<JsonValue> values) {
    return values.stream().noneMatch(v -> v instanceof JsonObject || v instanceof JsonArray)
        && values.stream().mapToInt(v -> v.text().length() + 2).sum() < LINE;
  }

  private void object(Map<String, JsonValue> members, int depth) {
    out.append('{');
    for (var each = members.entrySet().iterator(); each.hasNext(); ) {
      if (indented) {
        newLine(depth + 1);
      }
      Map.Entry<String, JsonValue> member = each.next();
      string(member.getKey());
      out.append(indented ? ": " : ":");
      write(member.getValue(), depth + 1);
      if (each.hasNext()) {
        out.append(',');
      }
    }
    if (indented && !members.isEmpty()) {
      newLine(depth);
    }
    out.append('}');
  }

  private void newLine(int depth) {
    out.append('\n').append("  ".repeat(depth));
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          // Half of a surrogate pair has no UTF-8: unescaped it would come back as a question mark.
          if (c < ' ' || isHalf(text, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean isHalf(String text, int at) {
    char c = text.charAt(at);
    if (Character.isHighSurrogate(c)) {
      return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
    }
    return Character.isLowSurrogate(c)
        && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
  }
}
