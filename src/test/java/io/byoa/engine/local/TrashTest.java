package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Orders;
import io.byoa.engine.local.disk.Trash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody needs any more: out of the way at once, deleted when there is time. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class TrashTest {

  @TempDir Path data;
  private Trash trash;
  private TrashRemoval removal;

  @BeforeEach
  void find() {
    trash = Trash.in(data.resolve("jobs"));
    removal = new TrashRemoval(data, System::nanoTime);
  }

  private static long files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).count();
    }
  }

  private Path folderOf(int files) throws IOException {
    Path folder = Files.createDirectories(data.resolve("jobs/unwanted"));
    for (int i = 0; i < files; i++) {
      Files.createFile(folder.resolve("file-" + i));
    }
    return folder;
  }

  @Test
  void aDiscardedLaunchIsOutOfTheWayAtOnceAndDeletedLater() throws Exception {
    try (Workplace place = new Workplace(data, Map.of())) {
      String job = Orders.nextJobId();
      LaunchName first =
          place.launched(
              place.shell("echo x >/opt/ml/checkpoints/c").checkpoints().job(job, 1).order());
      place.ended(first);
      place.engine.discard(first, false);

      assertThat(place.engine.observe(first)).isEqualTo(new Observation.Unknown());
      assertThat(place.folder(first).path()).doesNotExist();
      assertThat(place.folder(first).checkpoints().resolve("c")).exists();
      assertThat(files(trash.folder())).as("not deleted yet").isPositive();

      LaunchName second = place.launched(place.shell("true").checkpoints().job(job, 2).order());
      place.ended(second);
      place.engine.discard(second, true);
      assertThat(place.folder(second).job()).doesNotExist();
    }
    try (Workplace next = new Workplace(data, Map.of())) {
      assertThat(removal.runOnce()).isEqualTo(2);
      assertThat(trash.folder()).isEmptyDirectory();
      assertThat(next.changes).isEmpty();
    }
    assertThat(removal.runOnce()).isZero();
  }

  @Test
  void goesOnAtTheNextTurnWhereTheTimeOfOneWasOver() throws Exception {
    trash.take(folderOf(50));
    AtomicLong now = new AtomicLong();
    // Each look at the watch takes a second, and a turn takes twenty.
    TrashRemoval slow =
        new TrashRemoval(data, () -> now.getAndAdd(Duration.ofSeconds(1).toNanos()));

    assertThat(slow.runOnce()).isZero();
    assertThat(files(trash.folder())).isBetween(20L, 40L);
    slow.runOnce();
    slow.runOnce();
    assertThat(files(trash.folder())).isZero();
    removal.runOnce();
    assertThat(trash.folder()).isEmptyDirectory();
  }

  @Test
  void takesTwoOfOneNameAndFoldersThatNobodyMayEnter() throws Exception {
    trash.take(folderOf(1));
    Path second = folderOf(2);
    Files.setPosixFilePermissions(second, java.util.Set.of());
    trash.take(second);
    trash.take(second); // not there any more

    assertThat(removal.runOnce()).isEqualTo(2);
    assertThat(trash.folder()).isEmptyDirectory();
  }

  @Test
  void thereIsNothingToDoBeforeAnythingHasCome() throws Exception {
    assertThat(removal.runOnce()).isZero();
  }
}
