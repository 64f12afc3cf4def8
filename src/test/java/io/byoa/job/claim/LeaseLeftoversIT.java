package io.byoa.job.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.job.WrittenJobs;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.reconcile.SteppedByHand;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Leases of replicas that are long gone go too, and never come back to whoever had them. */
@QuarkusTest
@TestProfile(SteppedByHand.class)
@SuppressWarnings("NullAway.Init") // filled by Quarkus
final class LeaseLeftoversIT {

  private static final Duration LENGTH = Duration.ofMinutes(5);

  @Inject LeaseLeftovers leftovers;
  @Inject ClaimRepository claims;
  @Inject WrittenJobs written;
  @Inject AgroalDataSource database;

  @AfterEach
  void epochsBeginAfresh() throws SQLException {
    sql("TRUNCATE lease");
    sql("TRUNCATE lease_forgotten");
  }

  @Test
  void forgetsWhatIsLongGoneAndGivesNoLeaseTwice() throws Exception {
    sql("TRUNCATE lease");
    claims.end(claims.begin("gone", "node", LENGTH));
    Lease gone = claims.begin("gone", "node", LENGTH);
    sql("UPDATE lease SET expires_at = now() - interval '8 days' WHERE replica = 'gone'");
    Lease yesterday = claims.begin("yesterday", "node", LENGTH);
    sql("UPDATE lease SET expires_at = now() - interval '1 day' WHERE replica = 'yesterday'");
    Lease here = claims.begin("here", "node", LENGTH);

    assertThat(leftovers.runOnce()).isEqualTo(1);
    assertThat(leftovers.runOnce()).isZero();

    assertThat(claims.renew(here, LENGTH)).isTrue();
    assertThat(claims.begin("yesterday", "node", LENGTH).epoch()).isEqualTo(yesterday.epoch() + 1);
    Lease back = claims.begin("gone", "node", LENGTH);
    assertThat(back.epoch()).isGreaterThan(gone.epoch());
    assertThat(claims.renew(gone, LENGTH)).as("whoever slept through all of it").isFalse();
    assertThat(claims.renew(back, LENGTH)).isTrue();
  }

  @Test
  void keepsALeaseWhoseJobsNobodyHasTakenOver() throws Exception {
    sql("TRUNCATE lease");
    claims.begin("gone", "node", LENGTH);
    sql("UPDATE lease SET expires_at = now() - interval '8 days'");
    String job = written.write(JobStatus.IN_PROGRESS, Instant.parse("2026-11-21T08:00:00Z"), null);
    sql("UPDATE job SET owner = 'gone', owner_epoch = 1, due_at = now() WHERE id = '" + job + "'");

    assertThat(leftovers.runOnce()).isZero();

    sql("UPDATE job SET due_at = NULL WHERE id = '" + job + "'");
    assertThat(leftovers.runOnce()).isEqualTo(1);
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }
}
