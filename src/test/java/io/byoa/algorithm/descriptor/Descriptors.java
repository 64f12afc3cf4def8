package io.byoa.algorithm.descriptor;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import io.byoa.runtime.RuntimeCatalogue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Descriptors and the archive they are read with. */
final class Descriptors {

  static final ArchiveListing FILES =
      new ArchiveListing(
          Set.of(
              "train.py",
              "train.R",
              "run.sh",
              "train",
              "data.bin",
              "src/train.py",
              "requirements.txt",
              "a b;touch x.py",
              "$(touch x).txt"),
          Set.of("train"));

  /** Every field, as the documentation shows it. */
  static final String FULL =
      """
      {
        "$schema": "https://byoa.example/schemas/algorithm/v1.json",
        "name": "iris-tree",
        "version": "1.4.0",
        "description": "Decision tree on labelled rows.",
        "runtime": { "language": "python", "version": "3.11", "dependencies": "requirements.txt" },
        "entryPoint": "train.py",
        "arguments": "flags",
        "hyperParameters": {
          "type": "object",
          "properties": {
            "max_leaf_nodes": { "type": "integer", "minimum": 2, "maximum": 1000, "default": 8,
                                "description": "Upper bound on the leaves of the tree." },
            "criterion": { "enum": ["gini", "entropy"], "default": "gini" }
          }
        },
        "channels": [ { "name": "training", "required": true, "contentTypes": ["text/csv"],
                        "description": "CSV, label first, no header." } ],
        "metrics": [ { "name": "accuracy", "regex": "accuracy=([0-9.]+)", "objective": "maximize", "unit": "ratio" } ],
        "resources": { "instanceTypes": ["ml.m5.large", "ml.c5.xlarge"], "instanceCount": 1, "volumeSizeInGB": 10 },
        "stoppingCondition": { "maxRuntimeInSeconds": 3600, "maxWaitTimeInSeconds": 7200 },
        "retryStrategy": { "maximumRetryAttempts": 2 },
        "spot": true,
        "checkpoints": true,
        "networkIsolation": false,
        "packaging": "archive",
        "environment": { "OMP_NUM_THREADS": "2" }
      }
      """;

  /** What cannot be left out. */
  static final String LEAST =
      """
      {"name":"a","version":"1.0.0","runtime":{"language":"python"},"entryPoint":"train.py"}
      """;

  static final DescriptorReader READER = new DescriptorReader(RuntimeCatalogue.standard());

  private static final Pattern REPEATED = Pattern.compile("«(.*?)([*|])(\\d+)»");

  private Descriptors() {}

  static Descriptor read(String json) {
    return READER.read(json.getBytes(StandardCharsets.UTF_8), FILES);
  }

  /** The least descriptor with a field more; the field is written as JSON. */
  static String least(String field) {
    return LEAST.strip().replaceFirst("}$", "") + "," + field + "}";
  }

  /** The least descriptor with these hyperparameters. */
  static ParameterSchema parameters(String schema) {
    return read(least("\"hyperParameters\":" + schema)).hyperParameters();
  }

  /**
   * A case of a table.
   *
   * @param line as the table has it
   * @param json the descriptor that it stands for
   */
  record Case(String line, String json) {}

  /**
   * The cases of a table in {@code src/test/resources/descriptor}. Each line is put over the least
   * descriptor; {@code "-"} names a field to leave out, {@code «a*3»} stands for {@code aaa}, and
   * {@code «x%d|2»} for {@code x0,x1}.
   */
  static Stream<Case> cases(String table) {
    return resource(table).lines().map(line -> new Case(line, complete(line)));
  }

  private static String complete(String line) {
    String json = REPEATED.matcher(line).replaceAll(Descriptors::repeat);
    JsonObject change = (JsonObject) JsonReader.read(json, line).root();
    SequencedMap<String, JsonValue> fields =
        new LinkedHashMap<>(((JsonObject) JsonReader.read(LEAST, "least").root()).members());
    fields.putAll(change.members());
    if (fields.remove("-") instanceof JsonString(String gone)) {
      fields.remove(gone);
    }
    return new JsonObject(fields).text();
  }

  private static String repeat(MatchResult match) {
    int times = Integer.parseInt(match.group(3));
    boolean list = match.group(2).equals("|");
    String text =
        IntStream.range(0, times)
            .mapToObj(i -> match.group(1).replace("%d", Integer.toString(i)))
            .collect(Collectors.joining(list ? "," : ""));
    return Matcher.quoteReplacement(text);
  }

  /** A file of {@code src/test/resources/descriptor}. */
  static String resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(
            Descriptors.class.getResourceAsStream("/descriptor/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Failure failure(String json) {
    FailureException thrown = catchThrowableOfType(FailureException.class, () -> read(json));
    if (thrown == null) {
      throw new AssertionError("Accepted: " + json);
    }
    return thrown.failure();
  }

  static List<Violation> violations(String json) {
    return failure(json).violations();
  }

  /** Each violation as {@code pointer: detail}. */
  static List<String> said(List<Violation> violations) {
    return violations.stream().map(v -> v.pointer() + ": " + v.detail()).toList();
  }
}
