package io.byoa.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReconcileConfigTest {

  @Test
  void hasTheseDefaults() {
    ReconcileConfig config = Replica.config(Map.of());
    assertThat(config.enabled()).isTrue();
    assertThat(config.replica()).isEmpty();
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.renew()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.follow()).isEqualTo(Duration.ofMillis(500));
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.unavailable()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.batch()).isEqualTo(200);
    assertThat(config.parallel()).isEqualTo(8);
    assertThat(config.looksPerSecond()).isEqualTo(500);
  }

  @Test
  void readsThesePropertyNames() {
    ReconcileConfig config =
        Replica.config(
            Map.of(
                "enabled", "false",
                "replica", "blue",
                "lease", "1s",
                "renew", "2s",
                "follow", "3s",
                "poll", "4s",
                "unavailable", "5m",
                "batch", "6",
                "parallel", "7",
                "looks-per-second", "8"));
    assertThat(config.enabled()).isFalse();
    assertThat(config.replica()).contains("blue");
    assertThat(config.lease()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.renew()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.follow()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.poll()).isEqualTo(Duration.ofSeconds(4));
    assertThat(config.unavailable()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.batch()).isEqualTo(6);
    assertThat(config.parallel()).isEqualTo(7);
    assertThat(config.looksPerSecond()).isEqualTo(8);
  }

  /**
   * R2. A replica that dies right after it renewed its lease is the worst case: the lease lasts its
   * whole length, and then another one looks at its next poll.
   */
  @Test
  void aDeadOwnersJobsAreTakenOverWithin35Seconds() {
    ReconcileConfig config = Replica.config(Map.of());
    Duration worst = config.lease().plus(config.poll());
    assertThat(worst).isLessThan(Duration.ofSeconds(35));
    assertThat(config.renew().multipliedBy(2))
        .as("one renewal may be missed")
        .isLessThan(config.lease());
  }
}
