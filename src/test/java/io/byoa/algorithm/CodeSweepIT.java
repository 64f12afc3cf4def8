package io.byoa.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.agroal.api.AgroalDataSource;
import io.byoa.access.Bearer;
import io.byoa.common.FailureException;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectStore;
import io.byoa.store.Sweep;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Code that a push stored before it died goes, and nothing else does; real store and database. */
@QuarkusTest
final class CodeSweepIT {

  private static final Path EXAMPLE = Path.of("examples/nile-smoothing/algorithm");

  @Inject CodeSweep sweep;
  @Inject CodeRepository rows;
  @Inject PublishedVersions versions;
  @Inject ObjectStore store;
  @Inject AgroalDataSource database;
  @Inject Instance<AgroalDataSource> databases;
  @Inject IdSource ids;

  private String name() {
    return "sweep-" + ids.next().toLowerCase(Locale.ROOT);
  }

  private static byte[] archive(String name) throws IOException {
    String descriptor =
        Files.readString(EXAMPLE.resolve("algorithm.json")).replace("nile-smoothing", name);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("algorithm.json"));
      zip.write(descriptor.getBytes(StandardCharsets.UTF_8));
      try (var files = Files.list(EXAMPLE)) {
        for (Path file : files.filter(f -> !f.endsWith("algorithm.json")).sorted().toList()) {
          zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
          zip.write(Files.readAllBytes(file));
        }
      }
    }
    return out.toByteArray();
  }

  private static ValidatableResponse publish(String name) throws IOException {
    return Bearer.admin()
        .contentType("application/zip")
        .body(archive(name))
        .put("/api/v1/algorithms/" + name + "/versions/1.0.0")
        .then();
  }

  private static Sha256 code(ValidatableResponse published) {
    return new Sha256(published.statusCode(201).extract().<String>path("code.sha256"));
  }

  /** What a push has done just before its version is recorded. */
  private Sha256 storedButNotRecorded(String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    Sha256 code = Sha256.of(bytes);
    versions.claim(code);
    store.put(StoredCode.archive(code), new ByteArrayInputStream(bytes));
    store.put(StoredCode.descriptor(code), new ByteArrayInputStream(bytes));
    return code;
  }

  private boolean isStored(Sha256 code) {
    return store.find(StoredCode.archive(code)).isPresent();
  }

  @Test
  void takesAwayWhatDiedBeforeItWasRecordedAfterADay() throws Exception {
    Sha256 died = storedButNotRecorded(ids.next());
    Sha256 published = code(publish(name()));
    sweep.runOnce();
    assertThat(isStored(died)).as("within the day").isTrue();

    age(died, "25 hours");
    age(published, "25 hours");
    assertThat(sweep.runOnce()).isPositive();

    assertThat(isStored(died)).isFalse();
    assertThat(store.find(StoredCode.descriptor(died))).isEmpty();
    assertThat(isStored(published)).isTrue();
  }

  @Test
  void aPushOfOldRemainsMakesThemStay() throws Exception {
    String name = name();
    Sha256 code = code(publish(name));
    // As if the process had died before the record, a day ago.
    execute("DELETE FROM algorithm_version WHERE algorithm = ?", name);
    age(code, "25 hours");

    assertThat(code(publish(name))).isEqualTo(code);
    sweep.runOnce();

    assertThat(isStored(code)).isTrue();
    Bearer.admin()
        .get("/api/v1/algorithms/" + name + "/versions/1.0.0/code")
        .then()
        .statusCode(200);
  }

  @Test
  void aPushOfWhatIsBeingTakenAwayWaits() throws Exception {
    String name = name();
    Sha256 code = code(publish(name));
    execute("DELETE FROM algorithm_version WHERE algorithm = ?", name);
    execute("UPDATE algorithm_code SET sweeping = true WHERE sha256 = ?", code.hex());

    publish(name)
        .statusCode(503)
        .header("Retry-After", "30")
        .body("code", equalTo("code-being-removed"));

    // The sweep that marked it died; another one goes on, and the way is free.
    age(code, "2 hours");
    assertThat(sweep.runOnce()).isPositive();
    assertThat(code(publish(name))).isEqualTo(code);
    assertThat(isStored(code)).isTrue();
  }

  @Test
  void aPushThatTookSoLongThatItsCodeWasSweptIsNotRecorded() throws Exception {
    Sha256 slow = storedButNotRecorded(ids.next());
    age(slow, "25 hours");
    sweep.runOnce();

    assertThat(QuarkusTransaction.requiringNew().call(() -> rows.hold(slow))).isFalse();
    execute("INSERT INTO algorithm_code (sha256, sweeping) VALUES (?, true)", slow.hex());
    assertThatThrownBy(() -> versions.claim(slow)).isInstanceOf(FailureException.class);
    execute("DELETE FROM algorithm_code WHERE sha256 = ?", slow.hex());
  }

  @Test
  void aSweepThatWasOvertakenLeavesAloneWhatHasComeSince() throws Exception {
    String name = name();
    Sha256 code = code(publish(name));
    execute("DELETE FROM algorithm_version WHERE algorithm = ?", name);
    age(code, "25 hours");
    AtomicBoolean asleep = new AtomicBoolean();
    ObjectStore slow =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  Object answer = method.invoke(store, arguments);
                  if (method.getName().equals("delete")
                      && String.valueOf(arguments[0]).contains(code.hex())
                      && asleep.compareAndSet(false, true)) {
                    // An hour later another one takes over, and somebody publishes again.
                    age(code, "2 hours");
                    assertThat(sweep.runOnce()).isPositive();
                    assertThat(code(publish(name))).isEqualTo(code);
                  }
                  return answer;
                });

    new CodeSweep(new Sweep(slow, databases, ids)).runOnce();

    assertThat(asleep).isTrue();
    assertThat(isStored(code)).isTrue();
    assertThat(store.find(StoredCode.descriptor(code))).isPresent();
    Bearer.admin()
        .get("/api/v1/algorithms/" + name + "/versions/1.0.0/code")
        .then()
        .statusCode(200);
  }

  private void age(Sha256 code, String interval) throws SQLException {
    execute(
        "UPDATE algorithm_code SET claimed_at = now() - interval '"
            + interval
            + "' WHERE sha256 = ?",
        code.hex());
  }

  private void execute(String sql, String value) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, value);
      assertThat(statement.executeUpdate()).isOne();
    }
  }
}
