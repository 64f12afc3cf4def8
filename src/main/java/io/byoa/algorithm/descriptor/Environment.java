package io.byoa.algorithm.descriptor;

import static io.byoa.common.Violation.step;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonString;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads environment variables by the rules of SageMaker's {@code Environment}. */
final class Environment {

  /** SageMaker takes 100; the rest is for what BYOA adds. */
  static final int MOST = 90;

  private static final TextRule NAME =
      TextRule.matching(
          "the name of an environment variable",
          1,
          512,
          "[a-zA-Z_][a-zA-Z0-9_]*",
          "letters, digits and underscores, no digit first");
  private static final TextRule VALUE =
      TextRule.any("the value of an environment variable", 0, 512);

  private static final Set<String> RESERVED = Set.of("TRAINING_JOB_NAME", "TRAINING_JOB_ARN");

  private Environment() {}

  static SortedMap<String, String> read(Field field) {
    SortedMap<String, String> environment = new TreeMap<>();
    if (!(field.json() instanceof JsonObject object)) {
      field.object("names and values");
      return environment;
    }
    Problems problems = field.problems();
    if (object.members().size() > MOST) {
      problems.add(
          field.pointer(),
          "has %d variables; at most %d are allowed".formatted(object.members().size(), MOST));
    }
    object
        .members()
        .forEach((name, json) -> {
          Field place = new Field(step(field.pointer(), name), json, problems);
          if (!NAME.accepts(name)) {
            problems.refuse(place.pointer(), new JsonString(name), NAME.inWords());
          } else if (isReserved(name)) {
            problems.refuse(
                place.pointer(),
                new JsonString(name),
                "is set by BYOA: choose a name that does not begin with SM_ or BYOA_, and is"
                    + " not TRAINING_JOB_NAME or TRAINING_JOB_ARN");
          }
          String value = place.text(VALUE);
          if (value != null) {
            environment.put(name, value);
          }
        });
    return Collections.unmodifiableSortedMap(environment);
  }

  private static boolean isReserved(String name) {
    return name.startsWith("SM_") || name.startsWith("BYOA_") || RESERVED.contains(name);
  }
}
