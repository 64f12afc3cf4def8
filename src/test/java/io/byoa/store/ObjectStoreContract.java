package io.byoa.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.commons.io.input.BrokenInputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store promises; each adapter and the fake run all of it. */
public abstract class ObjectStoreContract {

  protected static final ObjectKey KEY = ObjectKey.of("jobs/01J", "1", "output/model.tar.gz");

  @TempDir protected Path folder;

  protected abstract ObjectStore store();

  /** Replaces what is stored under the key with other bytes, past the store. */
  protected abstract void tamper(ObjectKey key, byte[] bytes) throws IOException;

  protected StoredObject put(String key, String content) throws IOException {
    return store().put(new ObjectKey(key), stream(content));
  }

  protected static InputStream stream(String content) {
    return new ByteArrayInputStream(content.getBytes(UTF_8));
  }

  protected static void assertFails(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).as(e.getMessage()).isEqualTo(code));
  }

  private static byte[] all(InputStream content) throws IOException {
    try (content) {
      return content.readAllBytes();
    }
  }

  @Test
  void handsOutExactlyTheBytesThatWerePut() throws IOException {
    byte[] bytes = new byte[3_000_001];
    new Random(1).nextBytes(bytes);
    StoredObject stored = store().put(KEY, new ByteArrayInputStream(bytes));
    assertThat(stored).isEqualTo(new StoredObject(KEY, bytes.length, Sha256.of(bytes)));
    assertThat(all(store().open(stored))).isEqualTo(bytes);
    assertThat(all(store().openVerified(stored))).isEqualTo(bytes);
    assertThat(store().find(KEY)).contains(stored);
  }

  @Test
  void keepsAnEmptyObject() throws IOException {
    StoredObject stored = put("a/empty", "");
    assertThat(stored.sha256()).isEqualTo(Sha256.of(""));
    assertThat(all(store().openVerified(stored))).isEmpty();
    assertThat(all(store().open(stored))).isEmpty();
  }

  @Test
  void keepsACopyOfAFileAndLeavesTheFile() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "hello");
    StoredObject stored = store().put(KEY, source);
    Files.writeString(source, "changed");
    assertThat(all(store().openVerified(stored))).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void takesAFileAwayWhenItIsMoved() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "hello");
    StoredObject stored = store().move(KEY, source, Sha256.of("hello"));
    assertThat(source).doesNotExist();
    assertThat(stored).isEqualTo(new StoredObject(KEY, 5, Sha256.of("hello")));
    assertThat(all(store().openVerified(stored))).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void movingTheSameBytesAgainChangesNothing() throws IOException {
    StoredObject first = put(KEY.value(), "hello");
    Path source = Files.writeString(folder.resolve("source"), "hello");
    assertThat(store().move(KEY, source, Sha256.of("hello"))).isEqualTo(first);
    assertThat(source).doesNotExist();
  }

  @Test
  void refusesToMoveOtherBytesOntoAKeyAndLeavesTheFile() throws IOException {
    StoredObject first = put(KEY.value(), "hello");
    Path source = Files.writeString(folder.resolve("source"), "other");
    assertFails("object-exists", () -> store().move(KEY, source, Sha256.of("other")));
    assertThat(source).hasContent("other");
    assertThat(all(store().openVerified(first))).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void puttingTheSameBytesAgainChangesNothing() throws IOException {
    StoredObject first = put("code/x.tar", "hello");
    List<ListedObject> before = store().list("code/").toList();
    assertThat(put("code/x.tar", "hello")).isEqualTo(first);
    assertThat(store().list("code/").toList()).isEqualTo(before);
  }

  @Test
  void refusesOtherBytesUnderAnExistingKey() throws IOException {
    StoredObject first = put("code/x.tar", "hello");
    assertFails("object-exists", () -> put("code/x.tar", "hullo"));
    assertFails("object-exists", () -> put("code/x.tar", ""));
    assertThat(all(store().openVerified(first))).asString(UTF_8).isEqualTo("hello");
  }

  @Test
  void refusesAKeyThatIsTheFolderOfAnother() throws IOException {
    put("a/b", "1");
    assertFails("object-exists", () -> put("a", "2"));
    assertFails("object-exists", () -> put("a/b/c", "3"));
    assertFails("object-exists", () -> put("a/b/c/d", "3"));
    assertThat(store().list("").map(ListedObject::key)).containsExactly(new ObjectKey("a/b"));
  }

  @Test
  void storesNothingWhenTheSourceFails() {
    InputStream broken =
        new SequenceInputStream(
            stream("first half"),
            new BrokenInputStream(() -> new IOException("The client went away")));
    assertThatThrownBy(() -> store().put(KEY, broken)).hasMessage("The client went away");
    assertThat(store().find(KEY)).isEmpty();
    assertThat(store().list("")).isEmpty();
  }

  @Test
  void findsNothingUnderAnUnknownKey() throws IOException {
    put("a/b", "1");
    assertThat(store().find(new ObjectKey("a"))).isEmpty();
    assertThat(store().find(new ObjectKey("a/c"))).isEmpty();
    assertThat(store().find(new ObjectKey("a/b/c"))).isEmpty();
  }

  @Test
  void saysThatAnObjectIsMissing() {
    StoredObject never = new StoredObject(KEY, 1, Sha256.of("x"));
    assertFails("object-missing", () -> store().open(never));
    assertFails("object-missing", () -> store().openVerified(never));
    assertFails("object-missing", () -> store().openRange(never, 0, 1));
  }

  @Test
  @DisplayName("A15: an object swapped behind the store's back is refused before its first byte")
  void refusesASwappedObjectBeforeItsFirstByte() throws IOException {
    StoredObject stored = put(KEY.value(), "benign code");
    assertThat(all(store().openVerified(stored))).asString(UTF_8).isEqualTo("benign code");
    tamper(KEY, "hostile cod".getBytes(UTF_8));
    assertFails("object-altered", () -> store().openVerified(stored));
    tamper(KEY, "hostile code of another size".getBytes(UTF_8));
    assertFails("object-altered", () -> store().openVerified(stored));
    assertFails("object-altered", () -> store().open(stored));
    assertFails("object-altered", () -> store().openRange(stored, 0, 1));
  }

  @Test
  @DisplayName("A15: a swapped object read without checking first fails before its end")
  void refusesToEndASwappedObject() throws IOException {
    StoredObject stored = put(KEY.value(), "benign code");
    tamper(KEY, "hostile cod".getBytes(UTF_8));
    try (InputStream content = store().open(stored)) {
      assertFails("object-altered", content::readAllBytes);
    }
    try (InputStream content = store().open(stored)) {
      assertFails("object-altered", () -> content.skip(100));
    }
  }

  @Test
  void handsOutAPart() throws IOException {
    StoredObject stored = put(KEY.value(), "0123456789");
    assertThat(all(store().openRange(stored, 3, 4))).asString(UTF_8).isEqualTo("3456");
    assertThat(all(store().openRange(stored, 0, 10))).asString(UTF_8).isEqualTo("0123456789");
    assertThat(all(store().openRange(stored, 10, 0))).isEmpty();
    assertThatThrownBy(() -> store().openRange(stored, 7, 4))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> store().openRange(stored, -1, 4))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void listsWhatStartsWithThePrefix() throws IOException {
    put("datasets/aa/train.csv", "1");
    put("datasets/aa/deep/er/é.csv", "22");
    put("datasets/ab/train.csv", "333");
    put("code/x.tar", "4444");
    assertThat(store().list("datasets/aa/").map(listed -> listed.key().value()))
        .containsExactlyInAnyOrder("datasets/aa/train.csv", "datasets/aa/deep/er/é.csv");
    assertThat(store().list("datasets/a").map(ListedObject::size))
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(store().list("")).hasSize(4);
    assertThat(store().list("code/x.tar")).hasSize(1);
    assertThat(store().list("code/x.tar/")).isEmpty();
    assertThat(store().list("nothing/here")).isEmpty();
    assertThat(store().list("../")).isEmpty();
    assertThat(store().list("/")).isEmpty();
  }

  @Test
  void deletesOnceAndForgets() throws IOException {
    StoredObject stored = put("a/b/c", "1");
    put("a/d", "2");
    assertThat(store().delete(new ObjectKey("a"))).isFalse();
    assertThat(store().delete(stored.key())).isTrue();
    assertThat(store().delete(stored.key())).isFalse();
    assertThat(store().find(stored.key())).isEmpty();
    assertThat(store().list("").map(ListedObject::key)).containsExactly(new ObjectKey("a/d"));
    assertThat(put("a/b/c", "3").size()).isEqualTo(1);
  }

  @Test
  void storesOneObjectWhenManyPutTheSameBytesAtOnce() throws Exception {
    List<StoredObject> stored = atOnce(20, i -> put("same/key", "hello"));
    assertThat(stored).hasSize(20).allMatch(stored.getFirst()::equals);
    assertThat(store().list("")).hasSize(1);
  }

  @Test
  void letsExactlyOneWinWhenManyPutOtherBytesAtOnce() throws Exception {
    List<Boolean> won =
        atOnce(
            20,
            i -> {
              try {
                put("same/key", "hello " + i);
                return true;
              } catch (FailureException e) {
                assertThat(e.failure().code()).isEqualTo("object-exists");
                return false;
              }
            });
    assertThat(won).containsOnlyOnce(true);
  }

  @Test
  void putsWhileTheFolderIsDeletedUnderIt() throws Exception {
    atOnce(
        40,
        i -> {
          StoredObject stored = put("a/b/" + i, "x");
          store().delete(stored.key());
          return stored;
        });
    assertThat(store().list("")).isEmpty();
  }

  @Test
  void saysThatItWorksAndLeavesNothingBehind() throws IOException {
    store().probe();
    store().probe();
    assertThat(store().list("")).isEmpty();
  }

  private interface Numbered<T> {
    T run(int number) throws Exception;
  }

  private static <T> List<T> atOnce(int times, Numbered<T> task) throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      List<Callable<T>> tasks = new ArrayList<>();
      IntStream.range(0, times).forEach(i -> tasks.add(() -> task.run(i)));
      List<T> answers = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(tasks)) {
        answers.add(future.get());
      }
      return answers;
    }
  }
}
