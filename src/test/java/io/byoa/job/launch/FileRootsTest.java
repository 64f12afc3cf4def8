package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class FileRootsTest {

  @TempDir Path folder;
  private Path inside;
  private Path outside;
  private FileRoots roots;

  @BeforeEach
  void allowAFolder() throws IOException {
    inside = Files.createDirectories(folder.toRealPath().resolve("allowed/data"));
    outside = Files.createDirectories(folder.toRealPath().resolve("allowed-not/data"));
    roots = allowing(Optional.of(List.of(folder.resolve("allowed").toString())));
  }

  @Test
  void allowsWhatLiesBelowARoot() {
    assertThat(roots.faultOf(inside.toString())).isEmpty();
    assertThat(roots.find(inside.toString())).contains(inside);
  }

  @Test
  void refusesWhatLiesElsewhereHoweverItIsWritten() {
    assertThat(roots.faultOf(outside.toString())).contains("not below a folder");
    assertThat(roots.faultOf(inside + "/../../allowed-not/data")).contains("not below a folder");
    assertThat(roots.faultOf(inside.resolve("missing").toString())).contains("cannot be read");
    assertThat(roots.find(outside.toString())).isEmpty();
    assertThat(roots.find("/no\0where")).isEmpty();
  }

  @Test
  void followsLinksAndAnswersWhereTheyLead() throws IOException {
    Path good = Files.createSymbolicLink(inside.resolveSibling("link"), inside);
    assertThat(roots.find(good.toString())).contains(inside);
    Path bad = Files.createSymbolicLink(inside.resolveSibling("bad"), outside);
    assertThat(roots.faultOf(bad.toString())).contains("not below a folder");
    assertThat(roots.find(bad.toString())).isEmpty();
  }

  /** Checked when it was launched, and changed before it is run. */
  @Test
  void noticesThatAPathLeadsElsewhereByNow() throws IOException {
    assertThat(roots.find(inside.toString())).isPresent();
    Files.delete(inside);
    Files.createSymbolicLink(inside, outside);
    assertThat(roots.find(inside.toString())).isEmpty();
  }

  @Test
  void allowsNothingByDefault() {
    FileRoots none = allowing(Optional.empty());
    assertThat(none.faultOf(inside.toString())).contains("BYOA_LAUNCH_FILE_ROOTS");
    assertThat(none.find(inside.toString())).isEmpty();
  }

  private static FileRoots allowing(Optional<List<String>> folders) {
    return new FileRoots(
        new LaunchConfig() {
          @Override
          public long maxRuntimeInSeconds() {
            return 60;
          }

          @Override
          public Optional<List<String>> fileRoots() {
            return folders;
          }
        });
  }
}
