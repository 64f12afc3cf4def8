package io.byoa.store.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.ObjectStoreContract;
import io.byoa.store.StoredObject;
import io.quarkus.runtime.configuration.MemorySize;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FileObjectStoreTest extends ObjectStoreContract {

  private final AtomicInteger ids = new AtomicInteger();
  private Duration ahead = Duration.ZERO;
  private final InstantSource time = () -> Clock.systemUTC().instant().plus(ahead);
  private ObjectStore store;

  @BeforeEach
  void open() {
    store = store(0);
  }

  private FileObjectStore store(long keepFree) {
    return new FileObjectStore(
        new Config(folder.resolve("store"), keepFree), time, () -> "T" + ids.incrementAndGet());
  }

  private record Config(Path folder, long free) implements FileStoreConfig {
    @Override
    public MemorySize keepFree() {
      return new MemorySize(BigInteger.valueOf(free));
    }
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  private Path file(StoredObject object) {
    return folder.resolve("store/objects").resolve(object.key().value());
  }

  @Override
  protected void tamper(ObjectKey key, byte[] bytes) throws IOException {
    Path file = folder.resolve("store/objects").resolve(key.value());
    FileTime written = Files.getLastModifiedTime(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, written); // As somebody would who covers the tracks.
  }

  @Test
  void findsASwapAlsoWhenItHasVerifiedTheObjectBefore() throws IOException {
    StoredObject stored = put(KEY.value(), "benign code");
    ahead = Duration.ofMinutes(1); // Long enough after the write for the digest to be remembered.
    store.openVerified(stored).close();
    store.openVerified(stored).close();
    tamper(KEY, "hostile cod".getBytes(UTF_8));
    assertFails("object-altered", () -> store.openVerified(stored));
    assertThat(store.find(KEY)).hasValueSatisfying(found -> assertThat(found).isNotEqualTo(stored));
  }

  @Test
  void doesNotFollowALinkThatSomebodyPutInTheStore() throws IOException {
    StoredObject stored = put(KEY.value(), "benign code");
    Path file = file(stored);
    Path outside = Files.writeString(folder.resolve("outside"), "benign code");
    Files.delete(file);
    Files.createSymbolicLink(file, outside);
    assertFails("object-missing", () -> store.openVerified(stored));
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void keepsWhatWasStoredAcrossARestart() throws IOException {
    StoredObject stored = put(KEY.value(), "hello");
    try (InputStream content = store(0).openVerified(stored)) {
      assertThat(content).hasContent("hello");
    }
  }

  @Test
  void keepsAReadOnlyFileInAFolderNobodyElseCanEnter() throws IOException {
    StoredObject stored = put(KEY.value(), "hello");
    assertThat(file(stored)).hasContent("hello");
    assertThat(Files.getPosixFilePermissions(file(stored)))
        .isEqualTo(PosixFilePermissions.fromString("r--r--r--"));
    assertThat(Files.getPosixFilePermissions(folder.resolve("store")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void leavesNoTemporaryAndNoEmptyFolderBehind() throws IOException {
    StoredObject stored = put("a/b/c", "hello");
    put("a/b/c", "hello");
    assertFails("object-exists", () -> put("a/b/c", "other"));
    store.delete(stored.key());
    assertThat(folder.resolve("store/unfinished")).isEmptyDirectory();
    assertThat(folder.resolve("store/objects")).isEmptyDirectory();
  }

  @Test
  void removesWhatAnInterruptedWriteLeftADayAgo() throws IOException {
    Path fresh = Files.writeString(folder.resolve("store/unfinished/fresh"), "x");
    Path old = Files.writeString(folder.resolve("store/unfinished/old"), "x");
    Instant yesterday = time.instant().minus(Duration.ofHours(25));
    Files.setLastModifiedTime(old, FileTime.from(yesterday));
    assertThat(store.removeLeftovers()).isEqualTo(1);
    assertThat(fresh).exists();
    assertThat(old).doesNotExist();
    assertThat(store.removeLeftovers()).isZero();
  }

  @Test
  void refusesToFillTheDisk() throws IOException {
    ObjectStore full = store(Long.MAX_VALUE / 2);
    assertThat(full.freeBytes()).hasValue(0);
    assertFails("storage-full", () -> full.put(KEY, stream("hello")));
    assertThatThrownBy(() -> full.put(KEY, stream("hello")))
        .hasMessageContaining(folder.toString())
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure().detail())
                    .contains("BYOA_DISK_FREE")
                    .doesNotContain(folder.toString()));
    assertThat(store.freeBytes().orElseThrow()).isPositive();
    assertThat(store.find(KEY)).isEmpty();
  }

  @Test
  void keepsItsPlaceAndTheCauseOfItsTroubleForTheOperator() throws IOException {
    Path unfinished = folder.resolve("store/unfinished");
    Files.delete(unfinished);
    Files.writeString(unfinished, "not a folder");

    assertThatThrownBy(() -> put(KEY.value(), "hello"))
        .hasMessageContaining(folder.toString())
        .isInstanceOfSatisfying(
            FailureException.class,
            e ->
                assertThat(e.failure().detail())
                    .contains("Try again")
                    .doesNotContain(folder.toString(), "Exception"));
  }

  @Test
  void movesWithoutCopying() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "hello");
    Object inode = Files.getAttribute(source, "unix:ino");
    StoredObject stored = store.move(KEY, source, Sha256.of("hello"));
    assertThat(Files.getAttribute(file(stored), "unix:ino")).isEqualTo(inode);
  }

  @Test
  void saysWhatToDoWhenTheFolderCannotBeUsed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(
            () -> new FileObjectStore(new Config(file.resolve("store"), 0), time, () -> "id"))
        .hasMessageContaining("byoa.store.file.folder");
  }
}
