package io.byoa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.byoa.common.StartRefused;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is different under a server that runs as root, as it does in many containers. */
final class RootTest {

  private final Path scratch = Scratch.folder("root");

  @BeforeEach
  void onlyRootCanTryThis() {
    boolean root = ProcessUser.current().isRoot();
    if (!root) {
      System.out.println("tests: RootTest is skipped, because this is not root");
    }
    assumeTrue(root, "this is not root");
  }

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  void runsPostgresAsAnUnprivilegedUserWithoutCapabilities() throws IOException {
    try (EmbeddedPostgres postgres = start(DataFolder.open(scratch.resolve("data")))) {
      String status = Files.readString(Path.of("/proc", Long.toString(postgres.pid()), "status"));

      assertThat(status)
          .containsPattern("Uid:\t[1-9]\\d*\t[1-9]")
          .containsPattern("Groups:\\s*\n")
          .containsPattern("CapPrm:\t0{16}\n")
          .containsPattern("CapBnd:\t0{16}\n")
          .containsPattern("NoNewPrivs:\t1\n");
    }
  }

  @Test
  void reachesADataFolderBelowOneThatOthersMayNotPass() throws IOException {
    Path home = Files.createDirectories(scratch.resolve("home"));
    Files.writeString(home.resolve("secret"), "s");
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));

    try (EmbeddedPostgres postgres = start(DataFolder.open(home.resolve("clone/data")))) {
      assertThat(Queries.ask(postgres.address(), "select 1")).isEqualTo("1");
      Path seen = Path.of("/proc/%d/root%s".formatted(postgres.pid(), home));
      try (var names = Files.list(seen)) {
        assertThat(names.map(name -> name.getFileName().toString())).containsExactly("clone");
      }
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home)))
        .isEqualTo("rwx------");
  }

  @Test
  void survivesBelowSuchAFolderLikeAnywhereElse() throws IOException {
    Path home = Files.createDirectories(scratch.resolve("home"));
    Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx------"));
    Path data = home.resolve("data");
    ChildServer.Held held;
    try (ChildServer child = ChildServer.on(data)) {
      held = child.awaitDatabase();
      Queries.run(held.address(), "create table kept as select 42 as answer");
      child.kill();
    }

    try (EmbeddedPostgres next = start(DataFolder.open(data))) {
      assertThat(Queries.ask(next.address(), "select answer from kept")).isEqualTo("42");
    }
    assertThat(new Postmaster(held.postmaster()).isAlive()).isFalse();
  }

  @Test
  void staysWithTheUserThatOwnsTheDatabase() throws IOException {
    DataFolder folder = DataFolder.open(scratch.resolve("data"));
    start(folder).close();
    int nobodyInParticular = 54_321;
    run(
        "chown",
        "-R",
        nobodyInParticular + ":" + nobodyInParticular,
        folder.path() + "/postgres/db");

    try (EmbeddedPostgres postgres = start(folder)) {
      assertThat(ProcessUser.ownerOf(Path.of("/proc", Long.toString(postgres.pid()))))
          .contains(new ProcessUser(nobodyInParticular, nobodyInParticular));
    }
  }

  @Test
  void saysThatTheDiskIsFull() throws IOException {
    Path data = Files.createDirectories(scratch.resolve("data"));
    String small = "mount -t tmpfs -o size=20m,mode=0755 small \"$0\" && exec \"$@\"";
    List<String> before =
        List.of(
            "unshare", "--mount", "--propagation", "private", "sh", "-c", small, data.toString());

    try (ChildServer child = ChildServer.on(data, before)) {
      assertThat(child.await("refused"))
          .contains("There is no space left for the database in " + data)
          .contains("BYOA_DATA");
    }
  }

  @Test
  void leavesAFolderAloneThatIsNotAFolder() throws IOException {
    Path file = Files.createFile(scratch.resolve("file"));

    assertThatThrownBy(() -> DataFolder.open(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is a file");
    assertThatThrownBy(() -> DataFolder.open(Path.of("/proc/byoa")))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("BYOA_DATA");
  }

  private static EmbeddedPostgres start(DataFolder folder) {
    return EmbeddedPostgres.start(folder, Scratch.postgresBinaries(), Map.of(), step -> {});
  }

  private static void run(String... command) {
    assertThat(Program.run(List.of(command)).output()).isEmpty();
  }
}
