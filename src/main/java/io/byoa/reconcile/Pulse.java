package io.byoa.reconcile;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** When the loop last got through a round, and what stopped it since. Elapsed time, no clock. */
@Singleton
class Pulse {

  private final LongSupplier nanoTime;
  private long beatAt;
  private @Nullable String trouble;

  Pulse() {
    this(System::nanoTime);
  }

  Pulse(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.beatAt = nanoTime.getAsLong();
  }

  /** A round went well. */
  synchronized void beat() {
    beatAt = nanoTime.getAsLong();
    trouble = null;
  }

  /** A round did not. */
  synchronized void missed(Throwable why) {
    String message = why.getMessage();
    trouble = message == null ? why.getClass().getSimpleName() : message;
  }

  /** How long ago a round went well; since the start when none has. */
  synchronized Duration silence() {
    return Duration.ofNanos(nanoTime.getAsLong() - beatAt);
  }

  /** Why the last round did not go well; empty when it did, or when it is still at work. */
  synchronized Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }
}
