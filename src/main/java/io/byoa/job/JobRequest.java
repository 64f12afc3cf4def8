package io.byoa.job;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a launch asked for, completed from the version's descriptor and resolved; it never changes.
 *
 * @param codeSha256 the version's code in the store
 * @param hyperParameters name to value as JSON text, defaults included
 * @param inputs by channel
 * @param instanceTypes in order of preference, the asked one first
 */
public record JobRequest(
    String codeSha256,
    SortedMap<String, String> hyperParameters,
    SortedMap<String, Input> inputs,
    List<String> instanceTypes,
    int instanceCount,
    int volumeSizeInGB,
    int maxRuntimeInSeconds,
    @Nullable Integer maxWaitTimeInSeconds,
    int maximumRetryAttempts,
    boolean spot,
    SortedMap<String, String> tags,
    List<String> notices) {

  /** Copies the lists. */
  public JobRequest {
    instanceTypes = List.copyOf(instanceTypes);
    notices = List.copyOf(notices);
  }

  /** The instance type that the job runs on, or is priced by. */
  public String instanceType() {
    return instanceTypes.getFirst();
  }

  /**
   * Where one channel's data comes from.
   *
   * @param uri {@code dataset:name@sha256:…}, {@code s3://…} or {@code file://…}, exact
   */
  public record Input(String uri, @Nullable String contentType, String inputMode) {

    /** The mode of an input that says none: all of it lies there before the program begins. */
    public static final String PLAIN = "File";
  }
}
