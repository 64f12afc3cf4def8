package io.byoa.job.launch;

import com.fasterxml.jackson.databind.JsonNode;
import io.byoa.job.JobRequest;
import io.byoa.web.JsonBody;
import io.byoa.web.JsonField;
import io.byoa.web.JsonFields;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a launch may say; everything is optional, and what is absent comes from the version's
 * descriptor.
 */
record LaunchBody(
    SortedMap<String, JobRequest.Input> inputs,
    Optional<String> instanceType,
    OptionalLong instanceCount,
    OptionalLong volumeSizeInGB,
    OptionalLong maxRuntimeInSeconds,
    OptionalLong maxWaitTimeInSeconds,
    Optional<Boolean> spot,
    Optional<String> engine,
    SortedMap<String, String> tags) {

  private static final int MOST_TAGS = 40;

  /** SageMaker's limit for a channel's {@code ContentType}. */
  private static final int LONGEST_TYPE = 256;

  /**
   * Reads the body; the hyperparameters are left to the version, which alone knows them. What is
   * misshapen is among the violations and counts as absent, so that the version's rules for all the
   * rest can be told at once.
   */
  static JsonBody.Reading<LaunchBody> from(JsonBody body) {
    return body.sift(LaunchBody::read);
  }

  private static LaunchBody read(JsonFields in) {
    in.freeObject("hyperParameters");
    Map<String, JobRequest.Input> inputs = in.soundMap("inputs", LaunchBody::input);
    Resources asked = in.part("resources", Resources::read).orElse(Resources.NONE);
    Limits within = in.part("stoppingCondition", Limits::read).orElse(Limits.NONE);
    Optional<Boolean> spot = in.flag("spot").sound();
    Optional<String> engine = in.text("engine").sound();
    Optional<Map<String, String>> tags =
        in.map("tags", LaunchBody::tag)
            .check(
                map -> map.size() <= MOST_TAGS, "More than " + MOST_TAGS + " tags; leave some out.")
            .sound();
    return new LaunchBody(
        new TreeMap<>(inputs),
        asked.instanceType,
        asked.instanceCount,
        asked.volumeSizeInGB,
        within.maxRuntime,
        within.maxWait,
        spot,
        engine,
        checkedNames(in, tags.orElse(Map.of())));
  }

  private static SortedMap<String, String> checkedNames(JsonFields in, Map<String, String> tags) {
    tags.keySet().forEach(name -> Tags.faultOfName(name).ifPresent(in::refuse));
    return new TreeMap<>(tags);
  }

  private static JsonField<JobRequest.Input> input(JsonField<JsonNode> value) {
    if (value.isPresent() && value.get().isTextual()) {
      return value.asText().map(uri -> new JobRequest.Input(uri, null, JobRequest.Input.PLAIN));
    }
    if (value.isPresent() && !value.get().isObject()) {
      return value.map(LaunchBody::noInput);
    }
    return value.asObject(in -> {
      JsonField<String> uri = in.text("uri").required();
      JsonField<String> contentType =
          in.text("contentType")
              .check(
                  type ->
                      type.length() <= LONGEST_TYPE
                          && type.chars().noneMatch(Character::isISOControl),
                  "A content type has at most "
                      + LONGEST_TYPE
                      + " characters, and no control characters.");
      JsonField<String> inputMode =
          in.choice("inputMode", Map.of("File", "File", "FastFile", "FastFile", "Pipe", "Pipe"));
      return new JobRequest.Input(
          uri.get(), contentType.optional().orElse(null), inputMode.orElse(JobRequest.Input.PLAIN));
    });
  }

  private static JobRequest.Input noInput(JsonNode value) {
    throw new IllegalArgumentException(
        "Expected a string such as \"dataset:name\", or an object with a 'uri'; found %s."
            .formatted(JsonField.describe(value)));
  }

  private static JsonField<String> tag(JsonField<JsonNode> value) {
    return value.asText().check(Tags::isValue, Tags.VALUE_RULE);
  }

  private record Resources(
      Optional<String> instanceType, OptionalLong instanceCount, OptionalLong volumeSizeInGB) {

    private static final Resources NONE =
        new Resources(Optional.empty(), OptionalLong.empty(), OptionalLong.empty());

    private static Resources read(JsonFields in) {
      JsonField<String> type = in.text("instanceType");
      JsonField<Long> count = in.integer("instanceCount").between(1, 100);
      JsonField<Long> volume = in.integer("volumeSizeInGB").between(1, 16_384);
      return new Resources(type.sound(), number(count), number(volume));
    }
  }

  private record Limits(OptionalLong maxRuntime, OptionalLong maxWait) {

    /** SageMaker's longest {@code MaxRuntimeInSeconds}. */
    private static final long LONGEST = 28L * 24 * 3600;

    private static final Limits NONE = new Limits(OptionalLong.empty(), OptionalLong.empty());

    private static Limits read(JsonFields in) {
      JsonField<Long> runtime = in.integer("maxRuntimeInSeconds").between(1, LONGEST);
      JsonField<Long> wait = in.integer("maxWaitTimeInSeconds").between(1, LONGEST);
      return new Limits(number(runtime), number(wait));
    }
  }

  private static OptionalLong number(JsonField<Long> field) {
    return field.sound().map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
