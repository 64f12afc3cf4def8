package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.IdSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first start, on databases of its own, with deaths at the worst moments. */
@QuarkusTest
final class MachineTokensIT {

  @Inject IdSource ids;
  @Inject InstantSource time;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.jdbc.url")
  String url;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.username")
  String user;

  @Inject
  @ConfigProperty(name = "quarkus.datasource.password")
  String password;

  @TempDir Path data;
  private AdminTokenFile file = new AdminTokenFile(Path.of(""));

  @BeforeEach
  void freshDatabase() throws SQLException, IOException {
    file = AdminTokenFile.in(data);
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        InputStream migration =
            Objects.requireNonNull(
                getClass().getResourceAsStream("/db/migration/V1__access.sql"))) {
      statement.execute("create schema first_start");
      statement.execute(new String(migration.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    execute("drop schema first_start cascade");
  }

  @Test
  void theFirstStartMakesOneTokenAndTheNextNone() throws SQLException, IOException {
    Token token = first().orElseThrow();
    assertThat(file.read().map(Token::secret)).contains(token.secret());
    assertThat(isLive(token)).isTrue();
    assertThat(first()).isEmpty();
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aDeathBetweenFileAndRowLeavesTheTokenThatTheFileHolds() throws SQLException, IOException {
    Token written = Token.generate(Token.Kind.ADM);
    file.write(written);
    assertThat(first().map(Token::secret)).contains(written.secret());
    assertThat(isLive(written)).isTrue();
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aDeathAfterTheRowLeavesTheTokenInTheFile() throws SQLException, IOException {
    first();
    // Printed or not: whoever starts again finds it in the file.
    assertThat(isLive(file.read().orElseThrow())).isTrue();
  }

  @Test
  void aFileThatCannotBeWrittenLeavesNoToken() throws SQLException {
    AdminTokenFile nowhere = AdminTokenFile.in(data.resolve("missing"));
    assertThatThrownBy(
            () -> {
              try (Connection connection = connect()) {
                new MachineTokens(connection, ids, time).first(nowhere);
              }
            })
        .isInstanceOf(IOException.class);
    assertThat(count()).isZero();
  }

  @Test
  void aTokenThatOthersCouldReadIsNotTakenOver() throws SQLException, IOException {
    Token seen = Token.generate(Token.Kind.ADM);
    Files.writeString(file.path(), seen.secret());
    Token made = first().orElseThrow();
    assertThat(made.secret()).isNotEqualTo(seen.secret());
    assertThat(isLive(seen)).isFalse();
  }

  @Test
  void ofReplicasThatStartTogetherOneMakesTheToken() throws Exception {
    List<Callable<Optional<Token>>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      AdminTokenFile own = AdminTokenFile.in(Files.createDirectory(data.resolve("replica" + i)));
      starts.add(() -> {
        try (Connection connection = connect()) {
          return new MachineTokens(connection, ids, time).first(own);
        }
      });
    }
    int made = 0;
    try (ExecutorService replicas = Executors.newFixedThreadPool(starts.size())) {
      for (Future<Optional<Token>> start : replicas.invokeAll(starts)) {
        made += start.get().isPresent() ? 1 : 0;
      }
    }
    assertThat(made).isEqualTo(1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void aRevokedFirstTokenIsNotMadeAgainButTheMachineMakesAnother()
      throws SQLException, IOException {
    Token token = first().orElseThrow();
    execute("update token set revoked_at = now(), revoked_by = 'token:admin'");
    assertThat(first()).isEmpty();
    assertThat(isLive(token)).isFalse();
    try (Connection connection = connect()) {
      MachineTokens machine = new MachineTokens(connection, ids, time);
      assertThat(machine.isLive(machine.another())).isTrue();
      assertThat(machine.isLive(machine.another())).isTrue();
    }
    assertThat(count()).isEqualTo(3);
  }

  private Optional<Token> first() throws SQLException, IOException {
    try (Connection connection = connect()) {
      return new MachineTokens(connection, ids, time).first(file);
    }
  }

  private boolean isLive(Token token) throws SQLException {
    try (Connection connection = connect()) {
      return new MachineTokens(connection, ids, time).isLive(token);
    }
  }

  private int count() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from token")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private void execute(String change) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(change);
    }
  }

  private Connection connect() throws SQLException {
    String schema = (url.contains("?") ? "&" : "?") + "currentSchema=first_start";
    return DriverManager.getConnection(url + schema, user, password);
  }
}
