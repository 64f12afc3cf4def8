package io.byoa.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.byoa.common.Failure;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How often an address may fail to sign in. Tokens cannot be guessed; this keeps whoever tries from
 * keeping the database busy. Each replica counts for itself.
 */
@Singleton
class SignInLimit {

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int MOST_ADDRESSES = 100_000;

  private final Cache<String, AtomicInteger> failures;
  private final int most;

  SignInLimit(AccessConfig config, InstantSource time) {
    this.most = config.failedSignIns();
    Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(time.millis());
    this.failures =
        Caffeine.newBuilder()
            .maximumSize(MOST_ADDRESSES)
            .expireAfterWrite(WINDOW) // of the first failure: the count changes in place
            .ticker(ticker)
            .build();
  }

  /**
   * Refuses an address that has failed too often.
   *
   * @throws io.byoa.common.FailureException 429 {@code too-many-sign-ins}
   */
  void check(String address) {
    AtomicInteger count = failures.getIfPresent(address);
    if (count != null && count.get() >= most) {
      throw new Failure.TooMany(
              "too-many-sign-ins",
              "Too many attempts to sign in from your address have failed; wait a minute.",
              WINDOW)
          .raise();
    }
  }

  /** Counts a failure. */
  void failed(String address) {
    failures.asMap().computeIfAbsent(address, _ -> new AtomicInteger()).incrementAndGet();
  }
}
