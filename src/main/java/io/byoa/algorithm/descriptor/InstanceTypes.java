package io.byoa.algorithm.descriptor;

import io.byoa.common.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The instance types that SageMaker trains on: the values of {@code TrainingInstanceType} in its
 * service model, kept in the resource {@code instance-types.txt}.
 */
public final class InstanceTypes {

  private static final Set<String> KNOWN = load();

  private InstanceTypes() {}

  /** All of them, by family. */
  public static Set<String> known() {
    return KNOWN;
  }

  /** What is wrong with this one, as the end of a sentence that begins with it, if anything. */
  static Optional<String> fault(String instanceType) {
    if (KNOWN.contains(instanceType)) {
      return Optional.empty();
    }
    String withPrefix = "ml." + instanceType;
    String hint =
        KNOWN.contains(withPrefix)
            ? ", did you mean '" + withPrefix + "'?"
            : Nearest.hint(instanceType, KNOWN);
    return Optional.of("is not an instance type that SageMaker trains on" + hint);
  }

  private static Set<String> load() {
    try (InputStream in =
        Objects.requireNonNull(
            InstanceTypes.class.getResourceAsStream("/instance-types.txt"),
            "instance-types.txt is missing from the class path")) {
      Set<String> known = new LinkedHashSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .forEach(known::add);
      return Collections.unmodifiableSet(known);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
