package io.byoa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.StartRefused;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a data folder goes through when its server dies, and what the next server makes of it. */
final class SurvivalTest {

  private final Path scratch = Scratch.folder("survival");
  private final Path data = scratch.resolve("data");
  private final Path database = data.resolve("postgres").resolve("db");

  @AfterEach
  void deleteScratch() {
    // Whatever a failed test has left running.
    Postmaster.of(database).ifPresent(left -> left.stop(Duration.ofSeconds(5)));
    Scratch.delete(scratch);
  }

  @Test
  void takesOverFromAServerThatWasKilledWhileItsDatabaseLivesOn() {
    ChildServer.Held held;
    try (ChildServer child = ChildServer.on(data)) {
      held = child.awaitDatabase();
      Queries.run(held.address(), "create table kept as select 42 as answer");
      child.kill();
    }
    assertThat(new Postmaster(held.postmaster()).isAlive()).isTrue();
    assertThat(Queries.ask(held.address(), "select answer from kept")).isEqualTo("42");

    try (EmbeddedPostgres next = start()) {
      assertThat(next.pid()).isNotEqualTo(held.postmaster());
      assertThat(Queries.ask(next.address(), "select answer from kept")).isEqualTo("42");
    }
    assertThat(new Postmaster(held.postmaster()).isAlive()).isFalse();
  }

  @Test
  void recoversWhatWasCommittedWhenServerAndDatabaseWereKilled() {
    ChildServer.Held held;
    try (ChildServer child = ChildServer.on(data)) {
      held = child.awaitDatabase();
      Queries.run(held.address(), "create table kept as select 42 as answer");
      child.kill();
      ProcessHandle.of(held.postmaster()).orElseThrow().destroyForcibly();
    }

    try (EmbeddedPostgres next = start()) {
      assertThat(Queries.ask(next.address(), "select answer from kept")).isEqualTo("42");
    }
  }

  @Test
  void isNotFooledByAPidFileThatNamesSomebodyElse() throws IOException {
    start().close();
    ProcessUser owner = ProcessUser.ownerOf(database).orElseThrow();
    Process somebody = new ProcessBuilder(asUser(owner, "sleep", "600")).start();
    try {
      Path file = PidFile.in(database);
      Files.writeString(
          file, somebody.pid() + "\n" + database + "\n1\n5432\n\n127.0.0.1\n1 1\nready\n");
      owner.own(file);

      try (EmbeddedPostgres next = start()) {
        assertThat(Queries.ask(next.address(), "select 1")).isEqualTo("1");
      }
      assertThat(somebody.isAlive()).isTrue();
    } finally {
      somebody.destroyForcibly();
    }
  }

  @Test
  void isNotFooledByAPidFileThatNobodyCanRead() throws IOException {
    start().close();
    Path file = PidFile.in(database);
    Files.writeString(file, Long.MAX_VALUE + "\nnonsense");
    ProcessUser.ownerOf(database).orElseThrow().own(file);

    try (EmbeddedPostgres next = start()) {
      assertThat(Queries.ask(next.address(), "select 1")).isEqualTo("1");
    }
  }

  @Test
  void refusesASecondServerAndNamesTheFirst() {
    DataFolder folder = DataFolder.open(data);
    try (ChildServer child = ChildServer.on(data)) {
      child.awaitDatabase();

      assertThat(FolderLock.isTaken(folder)).isTrue();
      assertThatThrownBy(() -> FolderLock.take(folder, "http://second.example"))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("process " + child.pid())
          .hasMessageContaining("http://child.example")
          .hasMessageContaining(data.toString())
          .hasMessageContaining("BYOA_DATA");
    }
    assertThat(FolderLock.isTaken(folder)).isFalse();
    FolderLock.take(folder, "http://third.example").close();
  }

  @Test
  void holdsTheFolderAgainstItsOwnProcessToo() {
    DataFolder folder = DataFolder.open(data);
    try (FolderLock lock = FolderLock.take(folder, "http://first.example")) {
      assertThat(lock).isNotNull();
      assertThatThrownBy(() -> FolderLock.take(folder, "http://second.example"))
          .isInstanceOf(StartRefused.class);
    }
    FolderLock.take(folder, "http://third.example").close();
  }

  @Test
  void startsAfterTheFirstStartWasKilledAtAnyMoment() throws IOException {
    for (int moment = 0; moment < 4; moment++) {
      try (ChildServer child = ChildServer.on(data)) {
        child.await("step");
        Awaitility.await().until(() -> isBeingMade(data.resolve("postgres")));
        Awaitility.await().pollDelay(Duration.ofMillis(40L + 130L * moment)).until(() -> true);
        child.kill();
      }
      try (EmbeddedPostgres next = start()) {
        assertThat(Queries.ask(next.address(), "select 1")).isEqualTo("1");
      }
      PostgresBinaries.delete(data.resolve("postgres"));
    }
  }

  private static boolean isBeingMade(Path folder) {
    try (Stream<Path> names = Files.list(folder)) {
      return names.anyMatch(name -> name.getFileName().toString().startsWith("db"));
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> asUser(ProcessUser user, String... command) {
    if (!ProcessUser.current().isRoot()) {
      return List.of(command);
    }
    return Stream.concat(
            Stream.of(
                "setpriv", "--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups"),
            Stream.of(command))
        .toList();
  }

  private EmbeddedPostgres start() {
    return EmbeddedPostgres.start(
        DataFolder.open(data), Scratch.postgresBinaries(), Map.of(), step -> {});
  }
}
