package io.byoa.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.claim.ClaimRepository;
import io.byoa.job.claim.Lease;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.job.telemetry.CensusRepository;
import io.byoa.reconcile.SteppedByHand;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the loop reads over and over reads what has work left and nothing else. PostgreSQL counts
 * the rows that the real statements read, beside twenty thousand jobs that are over.
 */
@QuarkusTest
@TestProfile(SteppedByHand.class)
@SuppressWarnings("NullAway.Init") // filled by Quarkus
final class HotStatementsIT {

  private static final int OVER = 20_000;
  private static final int RUNNING = 2_000;
  private static final int IN_LINE = 300;
  private static final int LOST = 5;
  private static final int DUE = 40;
  private static final int HEAD = 16;

  /** What the planner itself looks up at the ends of an index. */
  private static final int PLANNING = 8;

  /** So often that the driver prepares the statement and the server has a plan for any values. */
  private static final int TIMES = 12;

  @Inject ClaimRepository claims;
  @Inject CensusRepository census;
  @Inject RetentionRepository retention;
  @Inject WrittenJobs written;
  @Inject EntityManager entities;
  @Inject AgroalDataSource database;

  private Lease lease;

  @BeforeEach
  void manyAreOver() {
    sql("TRUNCATE job CASCADE");
    sql("TRUNCATE lease");
    String model =
        written.write(JobStatus.IN_PROGRESS, Instant.parse("2026-11-21T08:00:00Z"), null);
    sql("UPDATE job SET engine = 'fake'");
    lease = claims.begin("busy", "node", Duration.ofMinutes(5));
    claims.end(claims.begin("dead", "node", Duration.ofMinutes(5)));
    copies(
        OVER, model, "'status', 'Completed', 'ended_at', now(), 'owner', 'busy', 'owner_epoch', 1");
    copies(
        RUNNING,
        model,
        "'owner', 'busy', 'owner_epoch', 1,"
            + " 'due_at', now() + (n - "
            + DUE
            + ") * interval '1 minute'");
    copies(
        HEAD,
        model,
        "'status', 'Queued', 'secondary_status', 'WaitingForSlot', 'owner', 'busy', 'owner_epoch', 1,"
            + " 'due_at', now() + interval '1 hour'");
    copies(
        IN_LINE,
        model,
        "'status', 'Queued', 'secondary_status', 'WaitingForSlot', 'due_at', now()");
    copies(LOST, model, "'owner', 'dead', 'owner_epoch', 1, 'due_at', now() + interval '1 hour'");
    sql("DELETE FROM job WHERE id = '" + model + "'");
    sql("ANALYZE job");
    sql("ANALYZE lease");
  }

  @AfterEach
  void leaveNothing() {
    sql("TRUNCATE job CASCADE");
    sql("TRUNCATE lease");
  }

  @Test
  void theLoopReadsWhatHasWorkLeftAndNothingElse() {
    assertReads("due", 2 * DUE, () -> claims.due(lease, List.of(), 200));
    assertReads("waiting", HEAD, () -> claims.waiting(lease, "fake", HEAD));
    assertReads("wakeWaiting", 2, () -> claims.wakeWaiting(lease, "fake"));
    assertReads(
        "postponeWaiting",
        2 * HEAD,
        () -> claims.postponeWaiting(lease, "fake", Duration.ofMinutes(1)));
    assertReads("load", RUNNING + 2 * HEAD, () -> claims.load(lease));
    assertReads("census", RUNNING + HEAD + IN_LINE + LOST, () -> census.census());
    Lease other = claims.begin("other", "node", Duration.ofMinutes(5));
    assertReads("take", 5 * (LOST + HEAD), () -> claims.take(other, "node", 200, HEAD));
    assertThat(QuarkusTransaction.requiringNew().call(() -> claims.load(other)).jobs())
        .as("taken meanwhile")
        .isEqualTo(LOST + HEAD);
  }

  @Test
  void retentionReadsWhatIsDueAndNothingElse() {
    assertReads("expire", 0, () -> retention.expire(Duration.ofDays(90), 100));
    assertReads("toEmpty", 0, () -> retention.toEmpty(100));
  }

  /** Reads at most so many rows of the table each time, and never goes through all of it. */
  private void assertReads(String what, int rows, Runnable statement) {
    QuarkusTransaction.requiringNew()
        .run(() -> {
          for (int i = 0; i < TIMES; i++) {
            long scans = counted("seq_scan");
            long before = counted("seq_tup_read + coalesce(idx_tup_fetch, 0)");
            statement.run();
            assertThat(counted("seq_scan")).as(what + " goes through the table").isEqualTo(scans);
            assertThat(counted("seq_tup_read + coalesce(idx_tup_fetch, 0)") - before)
                .as(what + ": rows read")
                .isLessThanOrEqualTo(rows + PLANNING);
          }
        });
  }

  private long counted(String what) {
    return ((Number)
            entities
                .createNativeQuery(
                    "SELECT " + what + " FROM pg_stat_xact_user_tables WHERE relname = 'job'",
                    Long.class)
                .getSingleResult())
        .longValue();
  }

  /** So many jobs like this one, but for what is said; {@code n} counts them. */
  private void copies(int count, String model, String changes) {
    sql(
        "INSERT INTO job SELECT (jsonb_populate_record(j, jsonb_build_object('id',"
            + " substr(md5(n || "
            + quoted(changes)
            + "), 1, 26), "
            + changes
            + "))).*"
            + " FROM job j, generate_series(1, "
            + count
            + ") n WHERE j.id = '"
            + model
            + "'");
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private void sql(String text) {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    } catch (SQLException e) {
      throw new IllegalStateException(text, e);
    }
  }
}
