package io.byoa.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Chore;
import io.byoa.common.IdSource;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Turns are kept in the real database; two replicas are two loops on it. */
@QuarkusTest
final class UpkeepIT {

  @Inject @All List<Chore> chores;
  @Inject Turns turns;
  @Inject AgroalDataSource database;
  @Inject IdSource ids;

  /** A chore that counts, or fails. */
  private static final class Counting implements Chore {

    private final String name;
    private final boolean everywhere;
    private final AtomicInteger runs = new AtomicInteger();

    Counting(String name, boolean everywhere) {
      this.name = name;
      this.everywhere = everywhere;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Duration every() {
      return Duration.ofHours(1);
    }

    @Override
    public boolean everywhere() {
      return everywhere;
    }

    @Override
    public int runOnce() throws IOException {
      if (runs.incrementAndGet() == 1 && name.startsWith("broken")) {
        throw new IOException("not now");
      }
      return 0;
    }
  }

  private Upkeep replica(InstantSource time, Chore... chores) {
    return new Upkeep(List.of(chores), turns, time, () -> false, false);
  }

  @Test
  void knowsEveryChoreOfTheProduct() {
    assertThat(chores)
        .extracting(Chore::name)
        .contains(
            "job-retention",
            "code-leftovers",
            "dataset-leftovers",
            "store-leftovers",
            "upload-leftovers",
            "idempotency-records")
        .doesNotHaveDuplicates();
  }

  @Test
  void oneReplicaDoesWhatIsOnceEnough() throws Exception {
    Counting chore = new Counting("one-" + ids.next(), false);
    Upkeep first = replica(InstantSource.system(), chore);
    Upkeep second = replica(InstantSource.system(), chore);

    assertThat(first.runOnce() + second.runOnce() + first.runOnce()).isEqualTo(1);
    moveOn(chore);
    assertThat(second.runOnce() + first.runOnce()).isEqualTo(1);
    assertThat(chore.runs).hasValue(2);
  }

  @Test
  void everyReplicaDoesItsOwnShareWhenItsTimeHasCome() {
    Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
    Counting chore = new Counting("own-" + ids.next(), true);
    Upkeep first = replica(() -> now[0], chore);
    Upkeep second = replica(() -> now[0], chore);

    assertThat(first.runOnce() + second.runOnce()).isEqualTo(2);
    assertThat(first.runOnce()).isZero();
    now[0] = now[0].plus(Duration.ofHours(1));
    assertThat(first.runOnce()).isEqualTo(1);
  }

  @Test
  void oneThatFailsHoldsUpNoOtherAndIsTriedAgain() throws Exception {
    Counting broken = new Counting("broken-" + ids.next(), false);
    Counting other = new Counting("other-" + ids.next(), false);
    Upkeep upkeep = replica(InstantSource.system(), broken, other);

    upkeep.runOnce();
    assertThat(other.runs).hasValue(1);
    moveOn(broken);
    upkeep.runOnce();
    assertThat(broken.runs).hasValue(2);
  }

  @Test
  void theProductsOwnChoresRun() {
    for (Chore chore : chores) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(chore::runOnce))
          .as(chore.name())
          .isNull();
    }
  }

  private void moveOn(Chore chore) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("UPDATE chore SET due_at = now() WHERE name = ?")) {
      statement.setString(1, chore.name());
      assertThat(statement.executeUpdate()).isOne();
    }
  }
}
