package io.byoa.engine.local.environment;

import io.byoa.common.Sha256;
import io.byoa.engine.local.environment.LocalRuntimes.Interpreter;
import io.byoa.store.StoredObject;
import java.util.regex.Pattern;

/**
 * What a program needs installed.
 *
 * @param interpreter for which it is installed
 * @param file path of the list in the code
 * @param content of the list
 * @param code the archive that the list comes from
 */
record Requirements(Interpreter interpreter, String file, String content, StoredObject code) {

  /** A package by name, perhaps with a version: nothing that could lead to another file. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][^/\\\\@]*");

  private static final int KEY_LENGTH = 24;

  /**
   * Names the environment: equal for equal interpreters and lists. A list that may refer to other
   * files of the code ({@code -r base.txt}, {@code ./package}) is shared by no other code.
   */
  String key() {
    boolean plain =
        content
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .allMatch(line -> PLAIN.matcher(line).matches());
    String identity =
        String.join(
            "\0",
            "1",
            interpreter.id().toString(),
            interpreter.executable().toString(),
            content,
            plain ? "" : file + "\0" + code.sha256());
    return Sha256.of(identity).hex().substring(0, KEY_LENGTH);
  }

  boolean forR() {
    return interpreter.id().language().equals("r");
  }
}
