package io.byoa.engine.local;

import io.byoa.common.Chore;
import io.byoa.engine.local.disk.Trash;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Deletes what launches and installed dependencies left on this machine's disk. */
@Singleton
final class TrashRemoval implements Chore {

  /** Of one turn; folders with millions of files take several. */
  private static final Duration TURN = Duration.ofSeconds(20);

  private final List<Trash> trashes;
  private final LongSupplier nanoTime;

  @Inject
  TrashRemoval(LocalEngineConfig config) {
    this(config.data(), System::nanoTime);
  }

  TrashRemoval(Path data, LongSupplier nanoTime) {
    Path folder = data.toAbsolutePath().normalize();
    this.trashes = List.of(Trash.in(Machine.jobs(folder)), Trash.in(Machine.environments(folder)));
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return "local-engine-trash";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public boolean everywhere() {
    return true;
  }

  @Override
  public int runOnce() throws IOException {
    long begun = nanoTime.getAsLong();
    Supplier<Duration> left = () -> TURN.minusNanos(nanoTime.getAsLong() - begun);
    int gone = 0;
    for (Trash trash : trashes) {
      gone += trash.empty(left);
    }
    return gone;
  }
}
