package io.byoa.algorithm.descriptor.reading;

import io.byoa.common.Violation;
import io.byoa.common.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Collects what is wrong with a document, so that all of it can be said at once. */
public final class Problems {

  private static final int SHOWN = 100;

  private final List<Violation> violations = new ArrayList<>();

  /** Notes that this value breaks a rule; the sentence goes on behind the value. */
  public void refuse(String pointer, JsonValue value, String rule) {
    String sentence = shown(value) + " " + rule;
    violations.add(new Violation(pointer, ended(sentence)));
  }

  /** Notes a sentence of its own. */
  public void add(String pointer, String sentence) {
    String capital = Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    violations.add(new Violation(pointer, ended(capital)));
  }

  private static String ended(String sentence) {
    return sentence.endsWith("?") ? sentence : sentence + ".";
  }

  public void addAll(Collection<Violation> others) {
    violations.addAll(others);
  }

  public boolean isEmpty() {
    return violations.isEmpty();
  }

  /** How many there are; to find out later whether a part of the document added any. */
  public int count() {
    return violations.size();
  }

  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** The value as JSON, cut where nobody would read on. */
  public static String shown(JsonValue value) {
    String text = value.text();
    if (text.codePointCount(0, text.length()) <= SHOWN) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "…";
  }
}
