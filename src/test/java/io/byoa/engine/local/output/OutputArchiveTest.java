package io.byoa.engine.local.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.Sha256;
import io.byoa.engine.Outputs.Member;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packing what a program may have left. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class OutputArchiveTest {

  private static final OutputLimits LIMITS = new OutputLimits(1_000, 1_000);

  @TempDir Path base;

  @BeforeEach
  void makeFolder() throws IOException {
    Files.createDirectories(base.resolve("model"));
  }

  private void file(String path) throws IOException {
    Path file = base.resolve("model").resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, path);
  }

  private OutputArchive pack(OutputLimits limits, List<String> leftOut) throws IOException {
    return OutputArchive.pack(
        new OutputTree(base, "model", limits), base.resolve("model.tar.gz"), leftOut::add);
  }

  private List<String> entries() throws IOException {
    List<String> names = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(
            new GZIPInputStream(Files.newInputStream(base.resolve("model.tar.gz"))))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        names.add(entry.getName());
      }
    }
    return names;
  }

  @Test
  void sortsByWholePathsAndNotFolderByFolder() throws IOException {
    List<String> paths =
        List.of("a", "a-b", "a-b.txt", "a.d/x", "b/0", "b/a/deep", "b/a.txt", "b0", "é");
    for (String path : List.of("é", "b/a.txt", "a-b.txt", "b/0", "a", "a-b", "b0", "b/a/deep")) {
      file(path);
    }
    file("a.d/x");
    List<String> sorted = paths.stream().sorted().toList();

    OutputArchive archive = pack(LIMITS, new ArrayList<>());

    assertThat(entries()).isEqualTo(sorted);
    assertThat(archive.list().few())
        .isEqualTo(
            sorted.stream()
                .map(path ->
                    new Member(
                        path,
                        path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length,
                        Sha256.of(path)))
                .toList());
    assertThat(archive.sha256()).isEqualTo(Sha256.of(archive.file()));
  }

  @Test
  void goesAsDeepAsPathsCan() throws IOException {
    String deep = "d/".repeat(1_500) + "file";
    file(deep);

    assertThat(pack(new OutputLimits(10_000, 2_000), new ArrayList<>()).list().few())
        .extracting(Member::path)
        .containsExactly(deep);
    assertThat(entries()).containsExactly(deep);
    Trees.delete(base.resolve("model")); // JUnit would take the better part of a minute.
  }

  @Test
  void refusesTooManyFilesBeforeItPacksOne() throws IOException {
    for (int i = 0; i < 20; i++) {
      file("sub/" + i);
    }

    pack(new OutputLimits(1_000, 21), new ArrayList<>());
    Files.delete(base.resolve("model.tar.gz"));
    assertThatThrownBy(() -> pack(new OutputLimits(1_000, 20), new ArrayList<>()))
        .isInstanceOf(OutputLimits.ExceededException.class)
        .hasMessageContaining("more than 20 files and folders in model")
        .hasMessageContaining("byoa.engine.local.output-files");
    assertThat(base.resolve("model.tar.gz")).doesNotExist();
  }

  @Test
  void countsFoldersToo() throws IOException {
    for (int i = 0; i < 30; i++) {
      Files.createDirectories(base.resolve("model/empty-" + i));
    }

    assertThatThrownBy(() -> pack(new OutputLimits(1_000, 29), new ArrayList<>()))
        .isInstanceOf(OutputLimits.ExceededException.class);
  }

  @Test
  void countsBytesOfAllFilesTogether() throws IOException {
    file("a".repeat(60));
    file("b".repeat(60));

    assertThatThrownBy(() -> pack(new OutputLimits(100, 100), new ArrayList<>()))
        .isInstanceOf(OutputLimits.ExceededException.class)
        .hasMessageContaining("byoa.engine.local.output-limit");
  }

  @Test
  void leavesLinksOutWithoutCountingThemAsFiles() throws IOException {
    file("weights");
    for (int i = 0; i < 200; i++) {
      Files.createSymbolicLink(base.resolve("model/link-" + i), Path.of("/etc/passwd"));
    }
    List<String> leftOut = new ArrayList<>();

    OutputArchive archive = pack(new OutputLimits(1_000, 1), leftOut);

    assertThat(archive.list().few()).extracting(Member::path).containsExactly("weights");
    assertThat(leftOut).hasSize(200).contains("model/link-7 is a symbolic link and was left out.");
  }

  @Test
  void tellsSomeOfWhatIsLeftOutAndCountsTheRest() throws IOException {
    LaunchFolder folder = new LaunchFolder(base.resolve("launch"));
    PrivateFolder.create(folder.path());
    LeftOut leftOut = new LeftOut();
    for (int i = 0; i < 1_000; i++) {
      leftOut.add("link-" + i);
    }

    leftOut.tell(folder);
    leftOut.tell(folder);

    assertThat(Files.readAllLines(folder.log()))
        .hasSize(21)
        .startsWith("[byoa] link-0")
        .endsWith("[byoa] 980 more were left out.");
  }
}
