package io.byoa.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.StartRefused;
import io.byoa.testing.EmbeddedDatabase;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real clusters, made, started, stopped and damaged. */
final class EmbeddedPostgresTest {

  private final Path scratch = Scratch.folder("postgres");
  private final DataFolder folder = DataFolder.open(scratch.resolve("data"));
  private final List<EmbeddedPostgres> started = new ArrayList<>();

  @AfterEach
  void stopEverything() {
    started.forEach(EmbeddedPostgres::close);
    Scratch.delete(scratch);
  }

  @Test
  void makesADatabaseAndFindsItAgain() {
    List<String> steps = new ArrayList<>();
    EmbeddedPostgres first = start(steps);
    Queries.run(first.address(), "create table kept as select 42 as answer");
    first.close();

    EmbeddedPostgres second = start(new ArrayList<>());

    assertThat(steps).contains("Creating the database in " + folder.postgres());
    assertThat(Queries.ask(second.address(), "select answer from kept")).isEqualTo("42");
    assertThat(second.address().password()).isEqualTo(first.address().password());
  }

  @Test
  void stopsCleanlySoThatTheNextStartHasNothingToRecover() throws IOException {
    start().close();
    start().close();

    assertThat(Files.readString(log()))
        .contains("database system is shut down")
        .doesNotContain("recovery");
    assertThat(PidFile.in(database())).doesNotExist();
  }

  @Test
  void isConfiguredToKeepWhatItHasAnswered() {
    DatabaseAddress address = start().address();
    Map<String, String> expected =
        Map.of(
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "data_checksums", "on",
            "listen_addresses", "127.0.0.1",
            "password_encryption", "scram-sha-256",
            "server_encoding", "UTF8");

    assertThat(expected)
        .allSatisfy((setting, value) ->
            assertThat(Queries.ask(address, "show " + setting)).as(setting).isEqualTo(value));
  }

  @Test
  void hasNoSocketInTheFileSystem() throws IOException {
    String port = start().address().url().replaceAll("\\D*127\\.0\\.0\\.1:(\\d+)/.*", "$1");

    assertThat(port).matches("\\d+");
    assertThat(Files.readString(Path.of("/proc/net/unix"))).doesNotContain("PGSQL." + port);
  }

  @Test
  void comparesTextByCodePointOnEveryMachine() {
    DatabaseAddress address = start().address();
    String sorted =
        "select string_agg(t, ' ' order by t) from (values ('b'), ('A'), ('a'), ('B'), ('é')) v(t)";

    assertThat(Queries.ask(address, sorted)).isEqualTo("A B a b é");
    assertThat(Queries.ask(address, "select upper('é')")).isEqualTo("É");
  }

  @Test
  void letsNobodyInWithoutThePassword() {
    DatabaseAddress good = start().address();

    for (DatabaseAddress bad :
        List.of(
            new DatabaseAddress(good.url(), good.user(), "guess"),
            new DatabaseAddress(good.url(), good.user(), ""),
            new DatabaseAddress(good.url(), "postgres", good.password()),
            new DatabaseAddress(
                good.url().replace("/byoa", "/template1"), "byoa", good.password()))) {
      assertThatThrownBy(() -> Queries.connect(bad)).isInstanceOf(SQLException.class);
    }
    assertThat(Queries.ask(good, "select rolsuper::text from pg_roles where rolname = 'byoa'"))
        .isEqualTo("false");
  }

  @Test
  void keepsThePasswordToItsOwner() throws IOException {
    DatabaseAddress address = start().address();
    Path file = folder.postgres().resolve("password");

    assertThat(Files.readString(file)).isEqualTo(address.password()).hasSizeGreaterThan(30);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(address.toString()).doesNotContain(address.password());
  }

  @Test
  void makesANewPasswordWhenItsFileIsLost() throws IOException {
    EmbeddedPostgres first = start();
    Queries.run(first.address(), "create table kept as select 42 as answer");
    first.close();
    Files.delete(folder.postgres().resolve("password"));

    EmbeddedPostgres second = start();

    assertThat(second.address().password()).isNotEqualTo(first.address().password());
    assertThat(Queries.ask(second.address(), "select answer from kept")).isEqualTo("42");
  }

  @Test
  void comesBackOnTheSamePortWhenItsProcessIsKilled() {
    EmbeddedPostgres postgres = start();
    Queries.run(postgres.address(), "create table kept as select 42 as answer");
    long before = postgres.pid();

    ProcessHandle.of(before).orElseThrow().destroyForcibly();

    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .ignoreExceptionsInstanceOf(AssertionError.class)
        .until(() -> Queries.ask(postgres.address(), "select answer from kept").equals("42"));
    assertThat(postgres.pid()).isNotEqualTo(before);
  }

  @Test
  void isNotStartedAgainOnceItIsClosed() {
    EmbeddedPostgres postgres = start();
    postgres.close();
    postgres.close();

    assertThat(EmbeddedPostgres.running(folder)).isEmpty();
    assertThatThrownBy(() -> Queries.connect(postgres.address())).isInstanceOf(SQLException.class);
  }

  @Test
  void showsARunningDatabaseToACommandBesideIt() {
    assertThat(EmbeddedPostgres.running(folder)).isEmpty();

    DatabaseAddress address = start().address();

    assertThat(EmbeddedPostgres.running(folder)).contains(address);
  }

  @Test
  void refusesTheDataOfAnotherMajorVersion() throws IOException {
    start().close();
    Files.writeString(database().resolve("PG_VERSION"), "17\n");

    assertThatThrownBy(this::start)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("made by PostgreSQL 17")
        .hasMessageContaining("pg_upgrade");
  }

  @Test
  void saysWhatPostgresSaidWhenItDoesNotStart() throws IOException {
    start().close();
    Files.delete(database().resolve("global").resolve("pg_control"));

    assertThatThrownBy(this::start)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("could not find the database system")
        .hasMessageContaining(log().toString());
  }

  @Test
  void keepsItsLogSmall() throws IOException {
    PostgresLog log = new PostgresLog(scratch.resolve("postgres.log"));
    Files.write(log.file(), new byte[(8 << 20) + 1]);

    log.trim();

    assertThat(log.size()).isZero();
    assertThat(scratch.resolve("postgres.log.1")).hasSize((8 << 20) + 1);
  }

  private EmbeddedPostgres start() {
    if (!Files.exists(folder.postgres())) {
      EmbeddedDatabase.copyDatabaseInto(folder.path());
    }
    return start(new ArrayList<>());
  }

  private EmbeddedPostgres start(List<String> steps) {
    EmbeddedPostgres postgres =
        EmbeddedPostgres.start(folder, Scratch.postgresBinaries(), Map.of(), steps::add);
    started.add(postgres);
    return postgres;
  }

  private Path database() {
    return folder.postgres().resolve("db");
  }

  private Path log() {
    return folder.postgres().resolve("postgres.log");
  }
}
