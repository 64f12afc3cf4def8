package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agroal.api.AgroalDataSource;
import io.byoa.engine.Fault;
import io.byoa.engine.LaunchAnswer.Shortage;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.Phase;
import io.byoa.engine.Outputs;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.lifecycle.Stimulus;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An end is for good: in the journal, and in the database whoever writes (R11). */
@QuarkusTest
@SuppressWarnings("NullAway.Init") // filled by Quarkus
final class TerminalIT {

  private static final Instant T0 = Instant.parse("2026-11-21T08:00:00Z");

  @Inject JobJournal journal;
  @Inject JobRepository jobs;
  @Inject WrittenJobs written;
  @Inject AgroalDataSource database;

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      names = {"COMPLETED", "FAILED", "STOPPED"})
  void nothingThatHappensMovesAJobThatHasEnded(JobStatus end) {
    String id = ended(end);
    Job before = journal.read(id).orElseThrow();
    for (Stimulus stimulus : everything()) {
      assertThat(journal.happened(id, null, stimulus)).as(stimulus.toString()).contains(before);
    }
    assertThat(
            QuarkusTransaction.requiringNew()
                .call(() ->
                    jobs.getEntityManager()
                        .createQuery(
                            "select count(e) from JobEventEntity e where e.key.job = :job",
                            Long.class)
                        .setParameter("job", id)
                        .getSingleResult()))
        .as("that of its launch alone")
        .isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = JobStatus.class,
      names = {"COMPLETED", "FAILED", "STOPPED"})
  void theDatabaseRefusesToLeaveAnEnd(JobStatus end) {
    String id = ended(end);
    for (JobStatus other : JobStatus.values()) {
      if (other == end) {
        continue;
      }
      assertThatThrownBy(
              () -> sql("UPDATE job SET status = '" + other + "' WHERE id = '" + id + "'"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("has ended as " + end);
      assertThatThrownBy(() ->
              QuarkusTransaction.requiringNew()
                  .run(() -> jobs.lock(id).orElseThrow().status = other.word()))
          .as("a careless class of ours")
          .hasStackTraceContaining("has ended as " + end);
    }
    assertThat(journal.read(id).orElseThrow().state().status()).isEqualTo(end);
  }

  @Test
  void theDatabaseKnowsTheStatusesAndNoOther() {
    String id = ended(JobStatus.IN_PROGRESS);
    assertThatThrownBy(() -> sql("UPDATE job SET status = 'Paused' WHERE id = '" + id + "'"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("check constraint");
    assertThat(Arrays.stream(JobStatus.values()).filter(JobStatus::terminal)).hasSize(3);
  }

  private static List<Stimulus> everything() {
    Fault fault = new Fault(Fault.Code.PLATFORM_ERROR, "Late news.");
    Phase phase = new Phase(Phase.TRAINING, T0, null);
    return List.of(
        new Stimulus.StopAsked("token:late"),
        new Stimulus.LaunchIntended(),
        new Stimulus.LaunchAccepted(),
        new Stimulus.LaunchDeferred(Shortage.SLOT, "Full."),
        new Stimulus.LaunchUnanswered("Silent."),
        new Stimulus.LaunchRefused(fault),
        new Stimulus.Observed(new Observation.Unknown()),
        new Stimulus.Observed(new Observation.Active(List.of(phase), List.of())),
        new Stimulus.Observed(
            new Observation.Ended(
                new Observation.End.Failed(fault),
                T0,
                List.of(phase),
                List.of(),
                Outputs.NONE,
                null)));
  }

  private String ended(JobStatus status) {
    return written.write(status, T0, null);
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
