package io.byoa.engine.contract;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The variables that every program finds besides those of its contract, whatever the engine.
 * Engines set these and nothing else; the contract's own, the descriptor's among them, go on top.
 */
public final class BaseEnvironment {

  private BaseEnvironment() {}

  /** Scratch space that is gone when the job ends. */
  public static final String TMPDIR = "/tmp";

  /** UTF-8 in every locale-aware program, without a language's own sorting or decimal commas. */
  public static final String LOCALE = "C.UTF-8";

  /**
   * The variables.
   *
   * @param path folders of programs, the runtime's first
   * @param home a folder that the program may write to and that ends with the job
   */
  public static SortedMap<String, String> of(String path, String home) {
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("HOME", home);
    variables.put("LANG", LOCALE);
    variables.put("LC_ALL", LOCALE);
    variables.put("PATH", path);
    // A line is in the log when it was printed, not when 8 KiB have come together.
    variables.put("PYTHONUNBUFFERED", "1");
    variables.put("TMPDIR", TMPDIR);
    return Collections.unmodifiableSortedMap(variables);
  }
}
