package io.byoa.engine.contract;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The first line of a script that names its interpreter, such as {@code #!/usr/bin/env python3}.
 *
 * @param interpreter a path, or the name of a program to look for; {@code env} itself is looked
 *     through
 * @param options what comes between the interpreter and the script
 */
public record ShebangLine(String interpreter, List<String> options) {

  /** As much of a file as has to be read: Linux looks no further. */
  public static final int LENGTH = 256;

  /** Copies the list. */
  public ShebangLine {
    options = List.copyOf(options);
  }

  /** The interpreter's name without its folder. */
  public String program() {
    return interpreter.substring(interpreter.lastIndexOf('/') + 1);
  }

  /**
   * The line at the start of a file; empty when there is none.
   *
   * @param head the file's first {@link #LENGTH} bytes, or all of it
   */
  public static Optional<ShebangLine> of(byte[] head) {
    String text = new String(head, StandardCharsets.UTF_8);
    if (!text.startsWith("#!")) {
      return Optional.empty();
    }
    // Also forgives the carriage return that Windows leaves, of which the kernel makes a file name.
    String line = text.substring(2).lines().findFirst().orElse("").strip();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] words = line.split("\\s+", 2);
    String rest = words.length == 1 ? "" : words[1];
    ShebangLine direct = new ShebangLine(words[0], rest.isEmpty() ? List.of() : List.of(rest));
    return Optional.of(direct.program().equals("env") ? throughEnv(direct, rest) : direct);
  }

  /** {@code env NAME} and {@code env -S NAME OPTIONS…}; anything else stays {@code env}'s work. */
  private static ShebangLine throughEnv(ShebangLine env, String rest) {
    boolean split = rest.startsWith("-S");
    List<String> words =
        split
            ? Arrays.asList(rest.substring(2).strip().split("\\s+"))
            : rest.isEmpty() ? List.of() : List.of(rest);
    boolean plain =
        words.stream()
            .noneMatch(
                word -> word.isEmpty() || "\"'\\$".chars().anyMatch(c -> word.indexOf(c) >= 0));
    if (words.isEmpty()
        || !plain
        || words.getFirst().startsWith("-")
        || words.getFirst().contains("=")) {
      return env;
    }
    return new ShebangLine(words.getFirst(), words.subList(1, words.size()));
  }
}
