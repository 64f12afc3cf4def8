package io.byoa.reconcile;

import io.byoa.job.lifecycle.Backoff;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * For how long each engine has left a kind of call unanswered, and so how long to leave it alone:
 * as long again, a random part of it, without end. One answer and it is asked as before. Elapsed
 * time, no clock.
 */
final class Silence {

  /** However long it lasts, somebody asks about every minute. */
  private static final Duration MOST = Duration.ofMinutes(1);

  private final Backoff backoff;
  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  Silence(ReconcileConfig config, RandomGenerator random) {
    this(config, random, System::nanoTime);
  }

  Silence(ReconcileConfig config, RandomGenerator random, LongSupplier nanoTime) {
    Duration first = config.unavailable();
    this.backoff = new Backoff(first, first.compareTo(MOST) < 0 ? MOST : first);
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /** The engine did not answer; how long until it is asked again. */
  Duration unanswered(String engine) {
    long now = nanoTime.getAsLong();
    long began = since.computeIfAbsent(engine, name -> now);
    return Backoff.jittered(backoff.atMost(Duration.ofNanos(now - began)), random.nextDouble());
  }

  /** The engine answered. */
  void answered(String engine) {
    since.remove(engine);
  }
}
