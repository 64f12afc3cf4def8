package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.byoa.job.Jobs;
import io.byoa.testing.Code;
import io.byoa.testing.Scratch;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attack A5, all the way to the program: what looks like a command is only ever an argument. */
@QuarkusTest
final class NastyArgumentsIT {

  private final Path scratch = Scratch.folder("marker");

  @AfterEach
  void deleteScratch() {
    Scratch.delete(scratch);
  }

  @Test
  @DisplayName("A5: shell metacharacters arrive exactly, and nobody runs them")
  void arriveExactly() {
    Path marker = scratch.resolve("marker");
    Code code =
        Code.of("nasty-arguments", "1.0.0")
            .with(
                "hyperParameters",
                """
                { "type": "object", "additionalProperties": { "type": "string" },
                  "properties": { "a": { "type": "string" }, "b": { "type": "string" } } }
                """)
            .with("environment", "{\"SAID\": \"$(touch %s)\"}".formatted(marker))
            .with("entryPoint", "\"my train;touch x.sh\"")
            .file(
                "my train;touch x.sh",
                "for one in \"$@\"; do printf '<%s>\\n' \"$one\"; done; printf '<%s>\\n' \"$SAID\"\n")
            .published();
    String a = "$(touch %1$s)`touch %1$s`; touch %1$s & | > %1$s".formatted(marker);
    String b = "'\\\"'; touch %s #".formatted(marker);
    String job =
        Jobs.accepted(
            code,
            "{\"hyperParameters\": {\"a\": \"%s\", \"b\": \"%s\", \"--c d\": \"x\"}}"
                .formatted(a, b));
    Jobs.ended(job).body("status", equalTo("Completed"));
    assertThat(Jobs.get(job, "/logs").extract().asString().lines())
        .contains(
            "<--a>",
            "<" + a + ">",
            "<--b>",
            "<" + b.replace("\\\"", "\"") + ">",
            "<$(touch %s)>".formatted(marker));
    assertThat(marker).doesNotExist();
  }
}
