package io.byoa.reconcile;

import io.byoa.engine.FakeEngine;
import io.byoa.engine.TrainingEngine;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What the application runs with here: two engines in the heap, a clock that can be off, and no
 * luck, so that whoever waits for a random part of a time waits for nearly all of it.
 */
@Alternative
@Singleton
class StandIns {

  private static volatile Duration off = Duration.ZERO;

  private static final InstantSource TIME =
      () -> Instant.now(Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000))).plus(off);

  private static FakeEngine fake = new FakeEngine("fake", TIME);
  private static FakeEngine other = new FakeEngine("other", TIME);
  private static final SwitchedEngine SWITCHED_FAKE = new SwitchedEngine(fake);
  private static final SwitchedEngine SWITCHED_OTHER = new SwitchedEngine(other);

  static FakeEngine fake() {
    return fake;
  }

  static FakeEngine other() {
    return other;
  }

  /** Replaces the inside of the engine {@code fake}. */
  static void fakeBecomes(TrainingEngine engine) {
    SWITCHED_FAKE.become(engine);
  }

  /** What happens once, while the answer to the next launch on {@code fake} is on its way. */
  static void beforeTheNextAnswer(Runnable event) {
    SWITCHED_FAKE.beforeTheNextAnswer(event);
  }

  /** This process's clock is off by this much. */
  static void clockOff(Duration by) {
    off = by;
  }

  /** New engines, which know nothing, and a clock that is right. */
  static void reset() {
    off = Duration.ZERO;
    fake = new FakeEngine("fake", TIME);
    other = new FakeEngine("other", TIME);
    SWITCHED_FAKE.become(fake);
    SWITCHED_OTHER.become(other);
    Halts.arm(0);
  }

  @Produces
  @Singleton
  InstantSource time() {
    return TIME;
  }

  @Produces
  @Singleton
  RandomGenerator random() {
    return () -> -1L;
  }

  @Produces
  @Singleton
  @Identifier("fake")
  TrainingEngine fakeEngine() {
    return SWITCHED_FAKE;
  }

  @Produces
  @Singleton
  @Identifier("other")
  TrainingEngine otherEngine() {
    return SWITCHED_OTHER;
  }
}
