package io.byoa.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.engine.Outputs.Archive;
import io.byoa.engine.Outputs.Member;
import io.byoa.store.InMemoryObjectStore;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class FileListTest {

  private static final ObjectKey LIST = new ObjectKey("jobs/1/model.tar.gz" + FileList.SUFFIX);

  private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.system());
  @TempDir Path folder;
  private StoredObject archive;

  @BeforeEach
  void storeAnArchive() throws IOException {
    archive =
        store.put(
            new ObjectKey("jobs/1/model.tar.gz"), new ByteArrayInputStream("tar".getBytes(UTF_8)));
  }

  private static List<Member> members(int count, String prefix) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Member(prefix + i, i, Sha256.of("content " + i)))
        .toList();
  }

  private Archive kept(List<Member> members) throws IOException {
    FileList list = new FileList(folder.resolve("list"));
    try (list) {
      for (Member member : members) {
        list.add(member);
      }
    }
    assertThat(list.sha256()).isEqualTo(Sha256.of(Files.readAllBytes(list.file())));
    return list.many()
        ? new Archive(archive, list.few(), store.move(LIST, list.file(), list.sha256()))
        : new Archive(archive, list.few());
  }

  private List<Member> read(Archive from) {
    try (Stream<Member> files = FileList.read(store, from)) {
      return files.toList();
    }
  }

  @Test
  void tellsFewFilesWithTheJob() throws IOException {
    Archive few = kept(members(50, "file-"));

    assertThat(few.list()).isNull();
    assertThat(read(few)).isEqualTo(few.members()).isEqualTo(members(50, "file-"));
  }

  @Test
  void keepsTheListOfManyInTheStore() throws IOException {
    Archive many = kept(members(3_000, "file-"));

    assertThat(many.members()).isEmpty();
    assertThat(new Outputs(many, null, null).lists()).containsExactly(LIST);
    assertThat(read(many)).isEqualTo(members(3_000, "file-"));
  }

  @Test
  void takesLongPathsForMany() throws IOException {
    List<Member> members = members(10, "a".repeat(1_000));
    Archive many = kept(members);

    assertThat(many.members()).isEmpty();
    assertThat(read(many)).isEqualTo(members);
  }

  @Test
  void keepsWhateverAFileIsCalled() throws IOException {
    List<Member> members =
        Stream.of("a\nb", "\"quoted\"", "ä/\u2028", "\ud83d\ude00", "\\", "x".repeat(6_000))
            .map(path -> new Member(path, 1, Sha256.of(path)))
            .toList();

    assertThat(read(kept(members))).isEqualTo(members);
  }

  @Test
  void handsOutNothingOfAnAlteredList() throws IOException {
    Archive many = kept(members(100, "file-"));
    byte[] stored = store.openVerified(Objects.requireNonNull(many.list())).readAllBytes();
    stored[stored.length - 5] ^= 1;
    store.tamper(LIST, stored);

    assertThatThrownBy(() -> FileList.read(store, many))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo("object-altered"));
  }

  @Test
  void refusesTwoListsOfTheSame() {
    assertThatThrownBy(() -> new Archive(archive, members(1, "x"), archive))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
