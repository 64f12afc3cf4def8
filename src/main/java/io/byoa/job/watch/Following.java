package io.byoa.job.watch;

import io.byoa.web.PassingProblem;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Streams what grows: what is there, and then what comes, read from the database piece by piece as
 * fast as the client takes it. Between pieces nothing waits but a watch. While the database is away
 * there is nothing new, which breaks no stream.
 */
@Singleton
public class Following {

  /** A change that nobody told us about is found after this long. */
  private static final Duration LOOK_ANYWAY = Duration.ofSeconds(10);

  /** What could not be read is tried again after this long. */
  private static final Duration TRY_AGAIN = Duration.ofSeconds(1);

  private final JobWatch watch;
  private final Duration patience;

  @Inject
  Following(JobWatch watch) {
    this(watch, LOOK_ANYWAY);
  }

  Following(JobWatch watch, Duration patience) {
    this.watch = watch;
    this.patience = patience;
  }

  /**
   * What there is to send for now.
   *
   * @param next the position to read on from
   * @param ended whether nothing will come after these items
   * @param <P> what a position is; compared with equals
   */
  public record Batch<P, T>(List<T> items, P next, boolean ended) {}

  /** Everything about one job from a position on, to its end. */
  public <P, T> Multi<T> job(String id, P from, Function<P, Batch<P, T>> read) {
    return items(batches(id, from, read));
  }

  /** The same in the pieces in which it was read; some of them are empty. */
  public <P, T> Multi<Batch<P, T>> batches(String id, P from, Function<P, Batch<P, T>> read) {
    return follow(from, read, look -> watch.watch(id, look));
  }

  /** Everything about all jobs from a position on, without end. */
  public <P, T> Multi<T> allJobs(P from, Function<P, Batch<P, T>> read) {
    return items(follow(from, read, watch::watchAll));
  }

  /** What batches hold. */
  public static <P, T> Multi<T> items(Multi<Batch<P, T>> batches) {
    return batches.onItem().transformToIterable(Batch::items);
  }

  /**
   * What a look at a job finds, as soon as it finds something: there is one at once, and one after
   * each change of the job. Whoever does not want to wait any longer cancels.
   */
  public <T> Uni<T> found(String id, Supplier<Optional<T>> look) {
    return found(look, again -> watch.watch(id, again));
  }

  private interface Watch {
    JobWatch.Watching on(Runnable look);
  }

  private <P, T> Multi<Batch<P, T>> follow(P from, Function<P, Batch<P, T>> read, Watch watch) {
    return Multi.createBy()
        .repeating()
        .uni(() -> new AtomicReference<>(from), position -> next(position, read, watch))
        .whilst(batch -> !batch.ended());
  }

  private <P, T> Uni<Batch<P, T>> next(
      AtomicReference<P> position, Function<P, Batch<P, T>> read, Watch watch) {
    return found(
            () ->
                Optional.of(read.apply(position.get()))
                    .filter(batch -> batch.ended() || !batch.next().equals(position.get())),
            watch)
        .ifNoItem()
        .after(patience)
        .recoverWithItem(() -> Following.<P, T>nothing(position))
        .onFailure(PassingProblem::is)
        .recoverWithUni(() ->
            Uni.createFrom()
                .item(() -> Following.<P, T>nothing(position))
                .onItem()
                .delayIt()
                .by(TRY_AGAIN))
        // After the time limit, which may still drop a batch: one that is dropped is read again.
        .onItem()
        .invoke(batch -> position.set(batch.next()));
  }

  private static <T> Uni<T> found(Supplier<Optional<T>> look, Watch watch) {
    return Uni.createFrom()
        .emitter(emitter -> {
          Looks looks =
              new Looks(
                  Infrastructure.getDefaultWorkerPool(),
                  () -> {
                    try {
                      look.get().ifPresent(emitter::complete);
                    } catch (RuntimeException e) {
                      emitter.fail(e);
                    }
                  });
          // The watch comes first, so that a change during a look is not missed.
          JobWatch.Watching watching = watch.on(looks::again);
          emitter.onTermination(() -> {
            watching.close();
            looks.close();
          });
          looks.again();
        });
  }

  private static <P, T> Batch<P, T> nothing(AtomicReference<P> position) {
    return new Batch<>(List.of(), position.get(), false);
  }
}
