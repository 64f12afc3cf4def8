package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.RunningServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands of the documentation as they are pasted, in one shell, from the first. */
class ReadmeIT {

  private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  @TempDir static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.start(folder.resolve("data"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "README.md",
        "examples/iris-tree/README.md",
        "examples/longley-regression/README.md",
        "examples/nile-smoothing/README.md",
        "examples/titanic-logistic/README.md"
      })
  void everyCommandWorksAsPasted(String file) throws IOException, InterruptedException {
    Path script = folder.resolve(file.replace('/', '-') + ".sh");
    Path output = folder.resolve(file.replace('/', '-') + ".output");
    Files.writeString(
        script,
        "set -euo pipefail\n" + String.join("\n", commands(Files.readString(Path.of(file)))));
    Process shell =
        new ProcessBuilder("bash", script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = shell.waitFor(5, TimeUnit.MINUTES);
    if (!ended) {
      shell.destroyForcibly();
    }
    assertThat(ended).as("ended in time").isTrue();
    assertThat(shell.exitValue()).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("\"status\":\"Completed\"");
  }

  /** The shell blocks, spoken to the server of this test, but for those that start another one. */
  private static List<String> commands(String text) {
    List<String> commands = new ArrayList<>();
    Matcher block = SHELL.matcher(text);
    while (block.find()) {
      if (!block.group(1).startsWith("make ")) {
        commands.add(
            block
                .group(1)
                .replace("http://localhost:8080", server.uri("").toString())
                .replace("data/admin-token", server.data().resolve("admin-token").toString()));
      }
    }
    return commands;
  }
}
