package io.byoa.common;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A health check of something that may hang. It answers within a time limit whatever happens, has
 * at most one look under way, and looks at most so often, however often it is asked.
 */
public final class Probe {

  private final Look look;
  private final Duration patience;
  private final Duration every;
  private final LongSupplier nanoTime;
  private @Nullable CompletableFuture<Optional<String>> underWay;
  private @Nullable Answer last;

  /** A look that ends normally when all is well. */
  public interface Look {
    /** Throws what is wrong; the exception's message tells the operator. */
    void look() throws Exception;
  }

  /**
   * A probe.
   *
   * @param patience how long a look may take until no answer is the answer
   * @param every how long an answer stays good
   */
  public Probe(Look look, Duration patience, Duration every) {
    this(look, patience, every, System::nanoTime);
  }

  Probe(Look look, Duration patience, Duration every, LongSupplier nanoTime) {
    this.look = look;
    this.patience = patience;
    this.every = every;
    this.nanoTime = nanoTime;
  }

  /** What is wrong, in words; empty when all is well. */
  public synchronized Optional<String> trouble() {
    Answer known = last;
    if (known != null && nanoTime.getAsLong() - known.at() < every.toNanos()) {
      return known.trouble();
    }
    Optional<String> found = await(underWay == null ? begin() : underWay);
    last = new Answer(found, nanoTime.getAsLong());
    return found;
  }

  private record Answer(Optional<String> trouble, long at) {}

  private CompletableFuture<Optional<String>> begin() {
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    underWay = answer;
    Thread.ofVirtual().name("probe").start(() -> answer.complete(outcome()));
    return answer;
  }

  private Optional<String> await(CompletableFuture<Optional<String>> answer) {
    try {
      Optional<String> outcome = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      underWay = null;
      return outcome;
    } catch (TimeoutException hangs) {
      return Optional.of("No answer within %d ms.".formatted(patience.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("The check was interrupted.");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @SuppressWarnings("CatchingUnchecked") // whatever it is, it is why things are not well
  private Optional<String> outcome() {
    try {
      look.look();
      return Optional.empty();
    } catch (Exception e) {
      String message = e.getMessage();
      return Optional.of(message == null ? e.getClass().getSimpleName() : message);
    }
  }
}
