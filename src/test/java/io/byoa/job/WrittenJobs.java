package io.byoa.job;

import io.byoa.access.Caller;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.History;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Jobs that are written straight into the tables, for tests of what comes after a job. */
@Singleton
class WrittenJobs {

  private final NewJobs fresh;
  private final JobRepository jobs;
  private final JobRows rows;
  private final IdSource ids;

  WrittenJobs(NewJobs fresh, JobRepository jobs, JobRows rows, IdSource ids) {
    this.fresh = fresh;
    this.jobs = jobs;
    this.rows = rows;
    this.ids = ids;
  }

  /** A job that was launched, and if its status is a terminal one, ended, at this time; its id. */
  String write(String id, JobStatus status, Instant at, @Nullable Outputs outputs) {
    JobState state =
        new JobState(
            status,
            status.word(),
            "Written by a test.",
            1,
            false,
            2,
            new History(List.of(), List.of(), 0, 0, List.of()),
            at,
            at,
            status.terminal() ? at : null,
            null,
            outputs,
            null);
    JobRequest request =
        new JobRequest(
            Sha256.of("").hex(),
            new TreeMap<>(),
            new TreeMap<>(),
            List.of("ml.m5.large"),
            1,
            10,
            60,
            null,
            2,
            false,
            new TreeMap<>(),
            List.of());
    Job job =
        new Job(
            id,
            Caller.DEFAULT_TEAM,
            "files",
            "1.0.0",
            "none-of-ours",
            "token:test",
            request,
            state,
            Map.of("accuracy", new Job.MetricValue(0.5, at)),
            null,
            Job.LogPosition.START,
            null,
            null,
            1);
    QuarkusTransaction.requiringNew()
        .run(() -> {
          fresh.add(job, null);
          JobEntity row = jobs.findById(id);
          rows.put(state, row);
          row.metrics = rows.write(job.metrics());
          row.logDone = status.terminal();
          row.dueInSeconds = null;
        });
    return id;
  }

  /** The same under a new id. */
  String write(JobStatus status, Instant at, @Nullable Outputs outputs) {
    return write(ids.next(), status, at, outputs);
  }

  /** Gives a job these lines of output. */
  void log(String job, int chunks, String line) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          JobEntity row = jobs.findById(job);
          for (int i = 0; i < chunks; i++) {
            JobLogEntity chunk = new JobLogEntity();
            chunk.key = new JobLogEntity.Key(job, ++row.logLines);
            chunk.lines = 1;
            chunk.content = (line + "\n").getBytes(StandardCharsets.UTF_8);
            chunk.time = row.createdAt;
            jobs.add(chunk);
          }
        });
  }
}
