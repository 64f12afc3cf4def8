package io.byoa.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.engine.Fault;
import io.byoa.engine.Outputs;
import io.byoa.job.intake.MetricCount;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns rows into jobs and back. */
@Singleton
class JobRows {

  private static final TypeReference<Map<String, Job.MetricValue>> METRICS =
      new TypeReference<>() {};
  private static final TypeReference<TreeMap<String, MetricCount>> SERIES =
      new TypeReference<>() {};

  private final ObjectMapper json;

  JobRows(ObjectMapper json) {
    this.json = json;
  }

  Job job(JobEntity row) {
    return new Job(
        row.id,
        row.team,
        row.algorithm,
        row.algorithmVersion,
        row.engine,
        row.requester,
        read(row.request, JobRequest.class),
        state(row),
        metrics(row),
        row.progress == null || row.progressAt == null
            ? null
            : new Job.Progress(row.progress, row.progressAt),
        new Job.LogPosition(row.logLaunch, row.logOffset, row.logLines, row.logBytes, row.logDone),
        row.traceParent,
        row.expiredAt,
        row.revision);
  }

  JobState state(JobEntity row) {
    return new JobState(
        JobStatus.of(row.status).orElseThrow(),
        row.secondaryStatus,
        row.message,
        row.launch,
        row.launching,
        row.retriesLeft,
        read(row.history, History.class),
        row.createdAt,
        row.startedAt,
        row.endedAt,
        row.failure == null ? null : read(row.failure, Fault.class),
        row.outputs == null ? null : read(row.outputs, Outputs.class),
        row.billableSeconds);
  }

  void put(JobState state, JobEntity row) {
    row.status = state.status().word();
    row.secondaryStatus = state.secondaryStatus();
    row.message = state.message();
    row.launch = state.launch();
    row.launching = state.launching();
    row.retriesLeft = state.retriesLeft();
    row.history = write(state.history());
    row.startedAt = state.startedAt();
    row.endedAt = state.endedAt();
    row.failure = writeOrNull(state.failure());
    row.outputs = writeOrNull(state.outputs());
    row.billableSeconds = state.billableSeconds();
  }

  String write(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  private @Nullable String writeOrNull(@Nullable Object value) {
    return value == null ? null : write(value);
  }

  <T> T read(String text, Class<T> type) {
    try {
      return Objects.requireNonNull(json.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored " + type.getSimpleName() + " is unreadable", e);
    }
  }

  /** The last value of each metric. */
  Map<String, Job.MetricValue> metrics(JobEntity row) {
    return readMap(row.metrics, METRICS);
  }

  /** How many values each metric has had, by name. */
  Map<String, MetricCount> series(JobEntity row) {
    return readMap(row.series, SERIES);
  }

  private <T> T readMap(String text, TypeReference<T> type) {
    try {
      return Objects.requireNonNull(json.readValue(text, type));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Stored metrics are unreadable", e);
    }
  }
}
