package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class SignInLimitTest {

  private static final String ADDRESS = "192.0.2.1";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final SignInLimit limit = new SignInLimit(new Three(), now::get);

  @Test
  void makesAnAddressWaitAfterTooManyFailures() {
    for (int i = 0; i < 3; i++) {
      limit.check(ADDRESS);
      limit.failed(ADDRESS);
    }
    assertThatThrownBy(() -> limit.check(ADDRESS))
        .asInstanceOf(InstanceOfAssertFactories.type(FailureException.class))
        .extracting(FailureException::failure)
        .isInstanceOf(Failure.TooMany.class);
    assertThatCode(() -> limit.check("192.0.2.2")).doesNotThrowAnyException();
  }

  @Test
  void forgetsFailuresAMinuteAfterTheFirst() {
    for (int i = 0; i < 3; i++) {
      limit.failed(ADDRESS);
      now.updateAndGet(time -> time.plusSeconds(20));
    }
    now.updateAndGet(time -> time.plusSeconds(1));
    assertThatCode(() -> limit.check(ADDRESS)).doesNotThrowAnyException();
  }

  private record Three() implements AccessConfig {

    @Override
    public Duration sessionLifetime() {
      return Duration.ofHours(12);
    }

    @Override
    public Duration revocationDelay() {
      return Duration.ofSeconds(5);
    }

    @Override
    public int failedSignIns() {
      return 3;
    }
  }
}
