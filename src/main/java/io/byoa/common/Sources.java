package io.byoa.common;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** The real time and the real ids, for injection; the only place that reads the wall clock. */
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
}
