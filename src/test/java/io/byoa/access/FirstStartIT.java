package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.RunningServer;
import io.byoa.testing.Scratch;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The built application, from its first start on a fresh data folder. */
final class FirstStartIT {

  private final Path scratch = Scratch.folder("first-start");
  private final Path data = scratch.resolve("data");

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  @DisplayName("A10: nobody has to set anything up, and nobody else can")
  void printsAnAdminTokenOnceAndKeepsItForItsOwner() throws IOException, InterruptedException {
    Path file = data.resolve("admin-token");
    String token;
    try (RunningServer server = RunningServer.start(data)) {
      token = Files.readString(file).strip();
      assertThat(server.output()).contains("Admin token", token);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
      assertThat(who(server, token)).isEqualTo(200);
      assertThat(who(server, Token.generate(Token.Kind.ADM).secret())).isEqualTo(401);
      String other = command(0);
      assertThat(other).isNotEqualTo(token);
      assertThat(who(server, other)).isEqualTo(200);
      server.kill();
    }
    String afterwards = command(0);
    try (RunningServer server = RunningServer.start(data)) {
      assertThat(Files.readString(file).strip()).isEqualTo(token);
      assertThat(server.output().split(token, -1)).hasSize(2);
      assertThat(who(server, token)).isEqualTo(200);
      assertThat(who(server, afterwards)).isEqualTo(200);
    }
  }

  @Test
  void makesTheFirstTokenByCommandWhenThereWasNoServerYet()
      throws IOException, InterruptedException {
    String token = command(0);
    assertThat(Files.readString(data.resolve("admin-token")).strip()).isEqualTo(token);
    try (RunningServer server = RunningServer.start(data)) {
      assertThat(server.output()).doesNotContain(token);
      assertThat(who(server, token)).isEqualTo(200);
    }
    assertThat(command(2, "please")).isEmpty();
  }

  @Test
  @DisplayName("A13: the local engine does not start behind an address that others reach")
  void doesNotStartTheLocalEngineBehindAnAddressThatOthersReach() {
    RunningServer server = RunningServer.begin(data, Map.of("BYOA_HOST", "0.0.0.0"), List.of());
    assertThat(server.awaitEnd()).isEqualTo(1);
    assertThat(server.output())
        .contains("BYOA_ENGINE_LOCAL_ALLOW_REMOTE=true")
        .doesNotContain("\tat ");
  }

  @Test
  void doesNotStartWithAHostThatIsNone() {
    RunningServer server =
        RunningServer.begin(
            data, Map.of("BYOA_ALLOWED_HOSTS", "https://byoa.example.org/"), List.of());
    assertThat(server.awaitEnd()).isEqualTo(1);
    assertThat(server.output())
        .contains("'https://byoa.example.org/', which is no host")
        .doesNotContain("\tat ");
  }

  private static int who(RunningServer server, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.uri("/api/v1/session"))
              .header("Authorization", "Bearer " + token)
              .build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
  }

  /** What {@code admin-token} prints when it ends with this exit code. */
  private String command(int exitCode, String... arguments)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("admin-token"));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(RunningServer.command(line));
    builder.environment().put("BYOA_DATA", data.toString());
    builder.environment().put("BYOA_DATABASE_BINARIES", Scratch.postgresBinaries().toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isEqualTo(exitCode);
    return out.strip();
  }
}
