package io.byoa.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Where one channel's data comes from, in the words of a launch, so that it can be sent again. */
@Schema(
    name = "JobInput",
    description = "Its exact address; an object where the launch said more than that.",
    oneOf = {String.class, InputView.Detailed.class})
public sealed interface InputView {

  /** An input of which a launch said no more than its address. */
  record Plain(@JsonValue String uri) implements InputView {}

  /** An input of which it said more. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "DetailedInput")
  record Detailed(
      @Schema(description = "dataset:name@sha256:…, s3://… or file://…, exact.") String uri,
      @Nullable String contentType,
      @Schema(description = "File, FastFile or Pipe.") String inputMode)
      implements InputView {}

  static InputView of(JobRequest.Input input) {
    return input.contentType() == null && input.inputMode().equals(JobRequest.Input.PLAIN)
        ? new Plain(input.uri())
        : new Detailed(input.uri(), input.contentType(), input.inputMode());
  }

  static SortedMap<String, InputView> of(Map<String, JobRequest.Input> inputs) {
    SortedMap<String, InputView> views = new TreeMap<>();
    inputs.forEach((channel, input) -> views.put(channel, of(input)));
    return views;
  }
}
