package io.byoa.job.watch;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Tells those who watch jobs that there may be something new to read. It carries no data: a watcher
 * reads the database again, so a call too many costs a query and never shows anything wrong.
 */
@Singleton
class JobWatch {

  private final ConcurrentMap<String, Set<Runnable>> byJob = new ConcurrentHashMap<>();
  private final Set<Runnable> all = ConcurrentHashMap.newKeySet();

  /** A watcher that stays until it is closed. */
  interface Watching extends AutoCloseable {
    @Override
    void close();
  }

  /** Runs {@code look} after each change of a job; it must not block. */
  Watching watch(String job, Runnable look) {
    byJob.compute(
        job,
        (id, watchers) -> {
          Set<Runnable> some = watchers == null ? ConcurrentHashMap.newKeySet() : watchers;
          some.add(look);
          return some;
        });
    return () ->
        byJob.computeIfPresent(
            job,
            (id, watchers) -> {
              watchers.remove(look);
              return watchers.isEmpty() ? null : watchers;
            });
  }

  /** Runs {@code look} after each change of any job; it must not block. */
  Watching watchAll(Runnable look) {
    all.add(look);
    return () -> all.remove(look);
  }

  void changed(@Observes(during = TransactionPhase.AFTER_SUCCESS) JobChanged change) {
    changed(Set.of(change.job()));
  }

  /** These jobs changed, here or on another replica. */
  void changed(Collection<String> jobs) {
    for (String job : jobs) {
      byJob.getOrDefault(job, Set.of()).forEach(Runnable::run);
    }
    all.forEach(Runnable::run);
  }

  /** Anything may have changed: changes elsewhere could not be heard for a while. */
  void changedUnheard() {
    byJob.values().forEach(watchers -> watchers.forEach(Runnable::run));
    all.forEach(Runnable::run);
  }
}
