package io.byoa.job.telemetry;

import io.byoa.engine.Engines;
import io.byoa.engine.Fault;
import io.byoa.job.FailureView;
import io.byoa.job.JobAccepted;
import io.byoa.job.JobMoved;
import io.byoa.job.intake.LogTaken;
import io.byoa.job.lifecycle.JobState;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.MeasuredTimes;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What is measured about jobs: moves as they are committed, on the replica that made them, and
 * counts of the whole installation. Labels are engines and words of ours, never names that users
 * choose.
 */
@Singleton
class JobMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(15),
    Duration.ofMinutes(1),
    Duration.ofMinutes(5),
    Duration.ofMinutes(15),
    Duration.ofHours(1),
    Duration.ofHours(4),
    Duration.ofHours(12),
    Duration.ofDays(1)
  };

  private final MeterRegistry registry;
  private final Engines engines;
  private final MultiGauge current;
  private final MultiGauge waiting;
  private final Counter logBytes;
  private final Counter logLines;
  private volatile double overdue = Double.NaN;

  JobMetrics(MeterRegistry registry, Engines engines) {
    this.registry = registry;
    this.engines = engines;
    this.current =
        MultiGauge.builder("byoa.jobs.current")
            .description("Jobs that are not over, in the whole installation")
            .register(registry);
    this.waiting =
        MultiGauge.builder("byoa.jobs.waiting.age")
            .description("How long ago the oldest waiting job was accepted")
            .baseUnit("seconds")
            .register(registry);
    this.logBytes =
        Counter.builder("byoa.jobs.log")
            .description("Output of jobs taken in")
            .baseUnit("bytes")
            .register(registry);
    this.logLines =
        Counter.builder("byoa.jobs.log.lines")
            .description("Lines of output of jobs taken in")
            .register(registry);
    TimeGauge.builder("byoa.jobs.overdue", () -> overdue, TimeUnit.SECONDS)
        .description("For how long the reconciler has owed some job a look; 0 when it is on time")
        .register(registry);
  }

  void accepted(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobAccepted accepted) {
    Counter.builder("byoa.jobs.accepted")
        .description("Launches accepted")
        .tags("engine", accepted.job().engine())
        .register(registry)
        .increment();
  }

  void moved(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobMoved moved) {
    JobState after = moved.job().state();
    Tags engine = Tags.of("engine", moved.job().engine());
    Counter.builder("byoa.jobs.moves")
        .description("Moves of jobs from one status or step to another")
        .tags(engine.and("move", word(moved.transition())))
        .register(registry)
        .increment();
    MeasuredTimes times = MeasuredTimes.between(moved.before(), after);
    times
        .queued()
        .forEach(
            timer("byoa.jobs.queue", "From acceptance, or a retry, until an engine took it", engine)
                ::record);
    times
        .launched()
        .forEach(
            timer(
                    "byoa.jobs.launch",
                    "From when an engine took it until the program started",
                    engine)
                ::record);
    if (after.status().terminal()) {
      ended(after, times, engine.and("status", after.status().word()));
    }
  }

  private void ended(JobState after, MeasuredTimes times, Tags tags) {
    Fault failure = after.failure();
    Counter.builder("byoa.jobs.ended")
        .description("Jobs that ended, by status and failure code")
        .tags(tags.and("failure", failure == null ? "none" : FailureView.code(failure.code())))
        .register(registry)
        .increment();
    times
        .trained()
        .ifPresent(
            timer("byoa.jobs.training", "How long the program ran, all its starts together", tags)
                ::record);
  }

  void taken(@Observes(during = TransactionPhase.AFTER_SUCCESS) LogTaken taken) {
    logBytes.increment(taken.bytes());
    logLines.increment(taken.lines());
  }

  /** All jobs that are not over, or are not tidied up after. */
  void counted(List<CensusRepository.Count> counts) {
    List<MultiGauge.Row<?>> rows = new ArrayList<>();
    for (CensusRepository.Count count : counts) {
      if (!count.status().terminal()) {
        rows.add(row(count.engine(), count.status(), count.secondaryStatus(), count.jobs()));
      }
    }
    // A series that comes and goes could be told from a server that does not answer by nobody.
    for (String engine : engines.names()) {
      for (JobStatus status : JobStatus.values()) {
        if (!status.terminal()
            && counts.stream()
                .noneMatch(count -> count.engine().equals(engine) && count.status() == status)) {
          rows.add(row(engine, status, "none", 0));
        }
      }
    }
    current.register(rows, true);
    Map<String, Duration> oldest =
        counts.stream()
            .filter(count -> count.status() == JobStatus.QUEUED)
            .collect(
                Collectors.toMap(
                    CensusRepository.Count::engine,
                    CensusRepository.Count::oldest,
                    (one, other) -> one.compareTo(other) > 0 ? one : other));
    engines.names().forEach(engine -> oldest.putIfAbsent(engine, Duration.ZERO));
    waiting.register(
        oldest.entrySet().stream()
            .map(age -> MultiGauge.Row.of(Tags.of("engine", age.getKey()), seconds(age.getValue())))
            .collect(Collectors.toList()),
        true);
    overdue =
        seconds(
            counts.stream()
                .map(CensusRepository.Count::overdue)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO));
  }

  private static MultiGauge.Row<?> row(
      String engine, JobStatus status, String secondaryStatus, long jobs) {
    return MultiGauge.Row.of(
        Tags.of("engine", engine, "status", status.word(), "secondary_status", secondaryStatus),
        jobs);
  }

  /** Nobody knows at present. */
  void uncounted() {
    current.register(List.of(), true);
    waiting.register(List.of(), true);
    overdue = Double.NaN;
  }

  private Timer timer(String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private static String word(Enum<?> name) {
    return name.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
