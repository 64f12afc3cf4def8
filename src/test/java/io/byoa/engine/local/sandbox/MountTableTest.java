package io.byoa.engine.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mounts are made by few programs, in their order. */
final class MountTableTest {

  @TempDir Path here;

  @Test
  void manyMountsAreOneCall() {
    MountTable table = new MountTable(Path.of("/new"));
    table.bind(here, "/usr", false);
    table.bind(Path.of("/dev/null"), "/dev/null", false);
    table.scratch("/dev/shm", "1777");
    assertThat(table.script().lines())
        .containsExactly(
            "'files' '/new/dev/null'",
            "'mounts' '%s /new/usr none rbind,X-mount.mkdir 0 0' '/dev/null /new/dev/null none rbind 0 0' 'byoa-sandbox /new/dev/shm tmpfs mode=1777,X-mount.mkdir 0 0'"
                .formatted(here),
            "'writable' '/new/dev/shm'");
  }

  @Test
  void aFileWithinAMountIsMadeWhenThatIsThere() throws Exception {
    Path file = Files.createFile(here.resolve("file"));
    MountTable table = new MountTable(Path.of("/new"));
    table.bind(here, "/opt/ml", true);
    table.bind(file, "/opt/ml/input/file", false);
    assertThat(table.script().lines().map(line -> line.substring(0, line.indexOf(' '))))
        .containsExactly("'mounts'", "'files'", "'mounts'", "'writable'");
  }

  @Test
  void aFileThatAMountBringsWithItIsMountedOverInTheSameBatch() throws Exception {
    Path passwd = Files.createFile(here.resolve("passwd"));
    MountTable table = new MountTable(Path.of("/new"));
    table.bind(here, "/etc", false);
    table.bind(passwd, "/etc/passwd", false);
    assertThat(table.script().lines()).singleElement().asString().startsWith("'mounts'");
  }

  @Test
  void whatWouldEndAFieldIsEscaped() throws Exception {
    Path folder = Files.createDirectory(here.resolve("a b\\c"));
    MountTable table = new MountTable(Path.of("/new root"));
    table.bind(folder, "/data", true);
    assertThat(table.script())
        .contains(here + "/a\\040b\\134c /new\\040root/data none rbind")
        .contains("'writable' '/new\\040root/data'");
  }
}
