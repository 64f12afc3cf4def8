package io.byoa.web;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests with one {@code Idempotency-Key} go to the database one after the other. The
 * database keeps twins apart by itself, on all replicas; but each that waits there holds a
 * connection, and a crowd of them would leave none for anybody else.
 */
@Singleton
final class Twins {

  private final ConcurrentHashMap<IdempotencyKey.Scoped, Gate> gates = new ConcurrentHashMap<>();

  /** One key's turns, for as long as anybody wants one. */
  private static final class Gate {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicInteger wanted = new AtomicInteger();
  }

  /** A turn; the next one begins when it is closed. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  /** The key's next turn; null when it has not come after so long. */
  @Nullable Turn await(IdempotencyKey.Scoped key, Duration patience) {
    Gate gate =
        gates.compute(
            key,
            (_, known) -> {
              Gate one = known == null ? new Gate() : known;
              one.wanted.incrementAndGet();
              return one;
            });
    boolean ours = false;
    try {
      ours = gate.lock.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (!ours) {
        forget(key);
      }
    }
    return ours
        ? () -> {
          gate.lock.unlock();
          forget(key);
        }
        : null;
  }

  private void forget(IdempotencyKey.Scoped key) {
    gates.computeIfPresent(key, (_, gate) -> gate.wanted.decrementAndGet() == 0 ? null : gate);
  }

  /** How many requests have a turn or wait for one. */
  int size() {
    return gates.values().stream().mapToInt(gate -> gate.wanted.get()).sum();
  }
}
