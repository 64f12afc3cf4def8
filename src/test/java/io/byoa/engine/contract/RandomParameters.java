package io.byoa.engine.contract;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Hyperparameters as JSON text, of the kinds that get lost on the way, the same for a seed. */
final class RandomParameters {

  /** Pieces that mean something to a shell, to Python, to JSON or to an argument parser. */
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    "-",
    "--x",
    " ",
    "'",
    "\"",
    "\\",
    "\\n",
    "\n",
    "\r",
    "\t",
    "\b",
    "\f",
    "$HOME",
    "`id`",
    ";",
    "|",
    "*",
    "=",
    ",",
    "{",
    "}",
    "[",
    "]",
    "null",
    "True",
    "\u0001",
    "\u001b[31m",
    "\u007f",
    "\u0085",
    "\u00a0",
    "\u00ad",
    "é",
    "ß",
    "İ",
    "ǆ",
    "\u0301",
    "\u200b",
    "\u200d",
    "\u2028",
    "\u2029",
    "\u3000",
    "\ufeff",
    "\uffff",
    "\ue000",
    "漢",
    "ا",
    "🌸",
    "\ud83d\udc69\u200d\ud83d\ude80",
    "\udb40\udc01",
    "\udbff\udfff",
    "</script>",
    "%s",
    "{0}"
  };

  /** Numbers as clients write them. */
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "0.0",
    "0.10",
    "1.0",
    "1e5",
    "1E5",
    "1e+5",
    "1e-5",
    "0.00001",
    "0.0001",
    "1e15",
    "1e16",
    "1e17",
    "123456789012345680.0",
    "1E400",
    "-1E400",
    "1e-400",
    "5e-324",
    "4.9e-324",
    "1.7976931348623157e308",
    "9007199254740993",
    "123456789012345678901234567890",
    "-98765432109876543210",
    "0.1000000000000000055511151231257827",
    "2e23",
    "9.5e-323",
    "100",
    "-1.50"
  };

  private final Random random;

  RandomParameters(long seed) {
    random = new Random(seed);
  }

  /** Up to ten of them. */
  Map<String, String> next() {
    Map<String, String> parameters = new TreeMap<>();
    for (int i = random.nextInt(10); i >= 0; i--) {
      parameters.put(name(), value(0));
    }
    return parameters;
  }

  private String name() {
    String letters = "abcXYZ019_-.é🌸";
    int count = random.nextInt(5) == 0 ? 1 : 1 + random.nextInt(8);
    StringBuilder name = new StringBuilder();
    int[] points = letters.codePoints().toArray();
    for (int i = 0; i < count; i++) {
      name.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return switch (random.nextInt(15)) {
      case 0 -> "sagemaker_" + name;
      case 1 -> name.toString().toUpperCase(java.util.Locale.ROOT);
      default -> name.toString();
    };
  }

  private String value(int depth) {
    return switch (random.nextInt(depth < 3 ? 12 : 8)) {
      case 0 -> "true";
      case 1 -> "false";
      case 2 -> "null";
      case 3 -> NUMBERS[random.nextInt(NUMBERS.length)];
      case 4 -> number();
      case 5 -> JsonText.quote(NUMBERS[random.nextInt(NUMBERS.length)]);
      case 6, 7 -> JsonText.quote(text());
      case 8 -> JsonText.quote(value(depth + 1));
      case 9 -> array(depth);
      default -> object(depth);
    };
  }

  private String number() {
    double number;
    do {
      number = Double.longBitsToDouble(random.nextLong());
    } while (!Double.isFinite(number));
    return random.nextBoolean() ? Double.toString(number) : Float.toString(random.nextFloat());
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }

  private String array(int depth) {
    StringBuilder array = new StringBuilder("[");
    for (int i = random.nextInt(4); i > 0; i--) {
      array.append(value(depth + 1)).append(i > 1 ? ", " : "");
    }
    return array.append(" ]").toString();
  }

  private String object(int depth) {
    StringBuilder object = new StringBuilder("{ ");
    for (int i = random.nextInt(4); i > 0; i--) {
      object
          .append(JsonText.quote(text()))
          .append(": ")
          .append(value(depth + 1))
          .append(i > 1 ? "," : "");
    }
    return object.append("}").toString();
  }
}
