package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.reading.Field;
import io.byoa.algorithm.descriptor.reading.Fields;
import io.byoa.algorithm.descriptor.reading.Problems;
import io.byoa.algorithm.descriptor.reading.TextRule;
import io.byoa.algorithm.descriptor.reading.Words;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.runtime.RuntimeCatalogue;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes descriptors of {@code algorithm.json}: everything that is wrong with one is said at once,
 * each with its place, its value and the rule.
 */
@Singleton
public final class DescriptorReader {

  private static final TextRule NAME =
      TextRule.matching(
          "the name of an algorithm",
          1,
          32,
          "[a-z0-9](-?[a-z0-9])*",
          "lower-case letters and digits, with single dashes between them");
  private static final TextRule VERSION =
      TextRule.matching(
          "a version",
          5,
          SemVer.LONGEST,
          SemVer.GRAMMAR,
          "SemVer 2.0 without a build part, such as \"1.4.0\"");
  private static final TextRule DESCRIPTION = TextRule.any("a description", 0, 1024);
  private static final TextRule SCHEMA = TextRule.any("the address of a schema", 0, 2048);

  private final RuntimeCatalogue runtimes;

  /** Checks runtimes against this catalogue. */
  public DescriptorReader(RuntimeCatalogue runtimes) {
    this.runtimes = runtimes;
  }

  /**
   * The descriptor that is being published with these files.
   *
   * @param json UTF-8
   * @throws FailureException as {@link #read(DescriptorDraft, ArchiveListing)} and {@link
   *     DescriptorDraft#parse}
   */
  public Descriptor read(byte[] json, ArchiveListing files) {
    return read(DescriptorDraft.parse(json), files);
  }

  /**
   * The descriptor that is being published with these files.
   *
   * @throws FailureException 422 {@code descriptor-invalid} with all violations; {@code
   *     name-mismatch} or {@code version-mismatch} when that is all there is
   */
  public Descriptor read(DescriptorDraft draft, ArchiveListing files) {
    Problems problems = new Problems();
    problems.addAll(draft.violations());
    Descriptor descriptor =
        new Draft(draft.document(), problems, new Surroundings.Publishing(files, runtimes))
            .descriptor();
    if (descriptor == null) {
      throw invalid(draft, problems);
    }
    return descriptor;
  }

  /** The descriptor of a version that was published, from {@link Descriptor#toJson()}. */
  public static Descriptor readStored(String json) {
    Problems problems = new Problems();
    Descriptor descriptor =
        JsonReader.read(json, "a stored descriptor").root() instanceof JsonObject object
            ? new Draft(object, problems, new Surroundings.Published()).descriptor()
            : null;
    if (descriptor == null) {
      throw new IllegalStateException(
          "A stored descriptor cannot be read: " + problems.violations());
    }
    return descriptor;
  }

  private static FailureException invalid(DescriptorDraft draft, Problems problems) {
    String code = "descriptor-invalid";
    if (problems.count() == 1 && draft.conflicts().size() == 1) {
      String field = draft.conflicts().getFirst();
      code = List.of("name", "version").contains(field) ? field + "-mismatch" : code;
    }
    String detail =
        problems.count() == 1
            ? "algorithm.json breaks a rule at %s: %s"
                .formatted(
                    problems.violations().getFirst().pointer(),
                    problems.violations().getFirst().detail())
            : "algorithm.json breaks %d rules; 'errors' lists them.".formatted(problems.count());
    return new FailureException(new Failure.Invalid(code, detail, problems.violations()));
  }

  /** One reading. */
  private record Draft(JsonObject document, Problems problems, Surroundings surroundings) {

    @Nullable Descriptor descriptor() {
      if (document.get("command") != null) {
        problems.add("/command", "a command stands in the entry point: {\"command\": […]}");
      }
      Fields fields =
          Fields.of(
              document.without("command"),
              "field",
              "",
              problems,
              "$schema",
              "name",
              "version",
              "description",
              "runtime",
              "entryPoint",
              "arguments",
              "hyperParameters",
              "channels",
              "metrics",
              "resources",
              "stoppingCondition",
              "retryStrategy",
              "spot",
              "checkpoints",
              "networkIsolation",
              "packaging",
              "environment");
      fields.get("$schema").text(SCHEMA);
      String name = fields.get("name").required("what the algorithm is called").text(NAME);
      String version =
          fields.get("version").required("the version, such as \"1.0.0\"").text(VERSION);
      String description = fields.get("description").text(DESCRIPTION, "");
      RuntimeSpec runtime =
          RuntimeSpec.read(
              fields.get("runtime").required("the language and its version"), surroundings);
      EntryPoint entryPoint =
          EntryPoint.read(
              fields.get("entryPoint"),
              RuntimeSpec.languageOf(fields.get("runtime")),
              surroundings);
      ArgumentStyle arguments =
          or(
              fields.get("arguments").choice("a style", Words.of(ArgumentStyle.class)),
              ArgumentStyle.FLAGS);
      ParameterSchema parameters = ParameterSchema.read(fields.get("hyperParameters"));
      List<Channel> channels = Channel.readAll(fields.get("channels"));
      List<MetricDefinition> metrics = MetricDefinition.readAll(fields.get("metrics"));
      Resources resources = Resources.read(fields.get("resources"), surroundings);
      boolean spot = fields.get("spot").flag(false);
      StoppingCondition stop = StoppingCondition.read(fields.get("stoppingCondition"), spot);
      RetryStrategy retries = RetryStrategy.read(fields.get("retryStrategy"));
      boolean checkpoints = fields.get("checkpoints").flag(false);
      refuseLossySpot(fields.get("checkpoints"), spot, checkpoints, stop);
      boolean isolated = fields.get("networkIsolation").flag(false);
      Packaging packaging =
          or(
              fields.get("packaging").choice("a packaging", Words.of(Packaging.class)),
              Packaging.ARCHIVE);
      SortedMap<String, String> environment = Environment.read(fields.get("environment"));
      if (!problems.isEmpty()) {
        return null;
      }
      return new Descriptor(
          Objects.requireNonNull(name),
          SemVer.parse(Objects.requireNonNull(version)).orElseThrow(),
          description,
          Objects.requireNonNull(runtime),
          Objects.requireNonNull(entryPoint),
          arguments,
          parameters,
          channels,
          metrics,
          resources,
          stop,
          retries,
          spot,
          checkpoints,
          isolated,
          packaging,
          environment);
    }

    private static <T> T or(@Nullable T value, T fallback) {
      return value == null ? fallback : value;
    }

    private static void refuseLossySpot(
        Field field, boolean spot, boolean checkpoints, StoppingCondition stop) {
      if (StoppingCondition.staysAtStake(spot, checkpoints, stop.maxRuntimeInSeconds())) {
        field
            .problems()
            .add(
                field.pointer(),
                ("spot may take the machine away at any time: without checkpoints at most %d"
                        + " seconds of runtime may be at stake, and maxRuntimeInSeconds is %d. Save"
                        + " checkpoints, shorten the runtime, or set \"spot\" to false")
                    .formatted(
                        StoppingCondition.LONGEST_WITHOUT_CHECKPOINTS, stop.maxRuntimeInSeconds()));
      }
    }
  }
}
