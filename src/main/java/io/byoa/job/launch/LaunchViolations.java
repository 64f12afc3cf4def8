package io.byoa.job.launch;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import io.byoa.web.JsonBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * All that is wrong with a launch, told at once: the shape of its body, and what the version's
 * rules say of the rest. What is misshapen counts as absent to those rules, so whatever they say of
 * the same place would only mislead.
 */
final class LaunchViolations {

  /** Where each entry is judged by itself. */
  private static final Set<String> BY_ENTRY = Set.of("/inputs", "/hyperParameters");

  private final List<Violation> shape;
  private final Set<String> misshapen;
  private final List<Violation> rules = new ArrayList<>();

  LaunchViolations(List<Violation> shape) {
    this.shape = List.copyOf(shape);
    this.misshapen = shape.stream().map(each -> place(each.pointer())).collect(Collectors.toSet());
  }

  /** Adds what a rule of the version refuses. */
  void add(Violation violation) {
    String pointer = violation.pointer();
    if (!misshapen.contains(place(pointer)) && !misshapen.contains(field(pointer))) {
      rules.add(violation);
    }
  }

  void addAll(List<Violation> violations) {
    violations.forEach(this::add);
  }

  /**
   * Refuses the launch if anything is wrong with it.
   *
   * @throws io.byoa.common.FailureException 422 {@code body-invalid} when it is its shape alone,
   *     {@code launch-invalid} otherwise
   */
  void raise() {
    if (!shape.isEmpty() && rules.isEmpty()) {
      throw JsonBody.invalid(shape).raise();
    }
    List<Violation> all = new ArrayList<>(shape);
    all.addAll(rules);
    if (!all.isEmpty()) {
      throw new Failure.Invalid(
              "launch-invalid",
              all.size() == 1
                  ? all.getFirst().detail()
                  : "The launch breaks " + all.size() + " rules; 'errors' lists them.",
              all)
          .raise();
    }
  }

  /** The part of the body that is judged as one: a field, or one entry of inputs or parameters. */
  private static String place(String pointer) {
    String field = field(pointer);
    return BY_ENTRY.contains(field) ? first(pointer, field.length() + 1) : field;
  }

  private static String field(String pointer) {
    return first(pointer, 1);
  }

  /** The pointer up to the next step after this many characters. */
  private static String first(String pointer, int from) {
    int end = pointer.indexOf('/', from);
    return end < 0 ? pointer : pointer.substring(0, end);
  }
}
