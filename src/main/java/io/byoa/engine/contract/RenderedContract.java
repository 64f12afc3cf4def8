package io.byoa.engine.contract;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a program sees, complete: an engine adds only what {@link BaseEnvironment} promises.
 *
 * @param files path relative to {@code /opt/ml} to content, JSON in ASCII
 * @param environment variables, to be put over {@link BaseEnvironment}'s
 * @param launcher who runs the program
 * @param arguments what follows the launcher's own words in argv
 * @param workingDirectory absolute
 */
public record RenderedContract(
    SortedMap<String, byte[]> files,
    SortedMap<String, String> environment,
    Launcher launcher,
    List<String> arguments,
    String workingDirectory) {

  /**
   * The longest argument or variable that Linux starts a program with, in bytes with the NUL at its
   * end ({@code MAX_ARG_STRLEN}).
   */
  private static final int LONGEST = 128 * 1024;

  /**
   * Copies the collections, and refuses what no process can be given: a NUL anywhere, and names of
   * variables that are empty or contain {@code =}.
   */
  public RenderedContract {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    arguments = List.copyOf(arguments);
    environment.forEach((name, value) -> {
      if (name.isEmpty() || name.indexOf('=') >= 0) {
        throw new IllegalArgumentException("Not the name of a variable: '" + name + "'");
      }
      refuseNul(name);
      refuseNul(value);
    });
    arguments.forEach(RenderedContract::refuseNul);
  }

  /**
   * A sentence when Linux would not start a program with so much: {@code execve} fails with E2BIG,
   * and nothing else would say why. {@code SM_TRAINING_ENV} repeats the hyperparameters, so that
   * about 100 KB of them are the end.
   */
  public Optional<String> tooLarge() {
    return Stream.concat(
            arguments.stream().map(argument -> tooLong("an argument", argument)),
            environment.entrySet().stream()
                .map(variable ->
                    tooLong(
                        "the variable " + variable.getKey(),
                        variable.getKey() + "=" + variable.getValue())))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> tooLong(String what, String text) {
    int length = text.getBytes(StandardCharsets.UTF_8).length + 1;
    return length <= LONGEST
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "The hyperparameters make %s %,d bytes long; Linux starts no program with one over"
                    + " %,d. Pass fewer or shorter ones, or put them into an input channel.",
                what,
                length,
                LONGEST));
  }

  private static void refuseNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("U+0000 cannot be passed to a process");
    }
  }
}
