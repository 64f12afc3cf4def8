package io.byoa.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;

/** Requests sent over several connections, as fast as they are answered or at a steady rate. */
final class Load {

  private final int port;
  private final int connections;
  private final int expected;
  private final LongFunction<byte[]> requests;

  /**
   * A load.
   *
   * @param expected the status that every answer must have; any other ends the benchmark
   * @param requests the n-th request
   */
  Load(int port, int connections, int expected, LongFunction<byte[]> requests) {
    this.port = port;
    this.connections = connections;
    this.expected = expected;
    this.requests = requests;
  }

  /** Answers a second when every connection sends its next request once the last is answered. */
  double throughput(Duration time) {
    AtomicLong number = new AtomicLong();
    long begun = System.nanoTime();
    long end = begun + time.toNanos();
    Latencies all =
        run(
            (connection, seen) -> {
              while (System.nanoTime() < end) {
                send(connection, number.getAndIncrement());
                seen.add(0);
              }
            });
    return all.count() / ((System.nanoTime() - begun) / 1e9);
  }

  /**
   * Latencies at a steady rate, each counted from the moment at which the request was due: an
   * answer that is late makes its successors late too, instead of hiding them.
   */
  Latencies latencies(double rate, Duration time) {
    AtomicLong number = new AtomicLong();
    long wanted = (long) (rate * time.toMillis() / 1000);
    long begun = System.nanoTime();
    return run(
        (connection, seen) -> {
          for (long n = number.getAndIncrement(); n < wanted; n = number.getAndIncrement()) {
            long due = begun + (long) (n / rate * 1e9);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
              LockSupport.parkNanos(left);
            }
            send(connection, n);
            seen.add(System.nanoTime() - due);
          }
        });
  }

  private void send(Connection connection, long n) throws IOException {
    int status = connection.exchange(requests.apply(n));
    if (status != expected) {
      throw new IOException("Expected status " + expected + ", got " + status);
    }
  }

  private interface Work {
    void on(Connection connection, Latencies seen) throws IOException;
  }

  private Latencies run(Work work) {
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<Latencies>> parts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        parts.add(
            threads.submit(
                () -> {
                  Latencies seen = new Latencies();
                  try (Connection connection = new Connection(port)) {
                    work.on(connection, seen);
                  }
                  return seen;
                }));
      }
      Latencies all = new Latencies();
      for (Future<Latencies> part : parts) {
        all.addAll(part.get());
      }
      return all;
    } catch (ExecutionException e) {
      throw new IllegalStateException("The load failed", e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
