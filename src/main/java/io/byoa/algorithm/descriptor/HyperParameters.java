package io.byoa.algorithm.descriptor;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The hyperparameters of one job, checked and with defaults, in the declared order; numbers as the
 * client wrote them.
 */
public record HyperParameters(JsonObject values) {

  /** Where they stand in the body of a launch. */
  static final String POINTER = "/hyperParameters";

  /** SageMaker's limit for {@code HyperParameters}. */
  static final int MOST = 100;

  /** SageMaker's limit for the values of {@code HyperParameters}, in characters. */
  static final int LONGEST_VALUE = 2500;

  /**
   * The outcome of a check.
   *
   * @param values as far as they could be read; only good when there are no violations
   * @param violations with pointers from the root of the launch's body
   */
  public record Checked(HyperParameters values, List<Violation> violations) {

    /** Copies the list. */
    public Checked {
      violations = List.copyOf(violations);
    }
  }

  /** Reads back what {@link #toJson()} wrote. */
  public static HyperParameters ofStored(String json) {
    if (JsonReader.read(json, "stored hyperparameters").root() instanceof JsonObject object) {
      return new HyperParameters(object);
    }
    throw new IllegalArgumentException("Stored hyperparameters are not an object: " + json);
  }

  /** One JSON object, without white space. */
  public String toJson() {
    return values.text();
  }

  /** Name to compact JSON text, sorted by name. */
  public SortedMap<String, String> asJsonTexts() {
    SortedMap<String, String> texts = new TreeMap<>();
    values.members().forEach((name, value) -> texts.put(name, value.text()));
    return texts;
  }

  /** SageMaker's form, in the declared order: strings plain, all else as compact JSON text. */
  public SequencedMap<String, String> asStrings() {
    SequencedMap<String, String> strings = new LinkedHashMap<>();
    values.members().forEach((name, value) -> strings.put(name, plain(value)));
    return strings;
  }

  private static String plain(JsonValue value) {
    return value instanceof JsonString(String text) ? text : value.text();
  }

  /** What SageMaker would refuse of them: {@code CreateTrainingJob.HyperParameters}. */
  public List<Violation> sageMakerViolations() {
    Problems problems = new Problems();
    int count = values.members().size();
    if (count > MOST) {
      problems.add(POINTER, "has %d parameters; SageMaker takes at most %d".formatted(count, MOST));
    }
    values
        .members()
        .forEach((name, value) -> {
          String place = step(POINTER, name);
          if (name.length() > ParameterNames.LONGEST) {
            problems.add(
                place,
                "has a name of %d characters; SageMaker takes at most %d"
                    .formatted(name.length(), ParameterNames.LONGEST));
          }
          checkValue(value, place, problems);
        });
    return problems.violations();
  }

  /** Notes what SageMaker would refuse of one value. */
  static void checkValue(JsonValue value, String pointer, Problems problems) {
    String plain = plain(value);
    if (plain.length() > LONGEST_VALUE) {
      problems.refuse(
          pointer,
          value,
          "has %d characters; SageMaker takes at most %d".formatted(plain.length(), LONGEST_VALUE));
    }
    if (plain.chars().anyMatch(HyperParameters::endsLine)) {
      problems.refuse(pointer, value, "contains a line break, which SageMaker does not take");
    }
  }

  /** What {@code .} of SageMaker's pattern {@code .*} leaves out. */
  private static boolean endsLine(int c) {
    return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }
}
