package io.byoa.common;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The real time, ids and chance, for injection; the only place that reads the wall clock. */
final class Sources {

  /** UTC in microseconds, the resolution that PostgreSQL keeps. */
  @Produces
  @Singleton
  InstantSource time() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));
  }

  @Produces
  @Singleton
  IdSource ids(InstantSource time) {
    return new UlidSource(time);
  }

  /** Chance for those who only have to differ, such as in how long they wait; no secrets. */
  @Produces
  @Singleton
  RandomGenerator random() {
    return () -> ThreadLocalRandom.current().nextLong();
  }
}
