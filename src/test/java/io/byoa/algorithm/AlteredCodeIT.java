package io.byoa.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.byoa.access.Bearer;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Attack A15: the code of a version, swapped in the store behind the server's back, by somebody who
 * keeps its size and puts its time back.
 */
@QuarkusTest
final class AlteredCodeIT {

  @ConfigProperty(name = "byoa.data")
  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  Path data;

  private Code swapped(String name) throws IOException {
    Code code =
        Code.of(name, "1.0.0")
            .with("retryStrategy", "{\"maximumRetryAttempts\": 0}")
            .program("echo honest\n")
            .published();
    // Everything was read before, so nothing that is remembered may hide the swap.
    Bearer.admin().get(code.path() + "/code").then().statusCode(200);
    String sha256 = Bearer.admin().get(code.path()).path("code.sha256");
    Path blob = data.resolve("store/objects/code/" + sha256 + ".tar");
    byte[] content = Files.readAllBytes(blob);
    String text = new String(content, java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text).contains("echo honest");
    FileTime time = Files.getLastModifiedTime(blob);
    Files.setPosixFilePermissions(blob, PosixFilePermissions.fromString("rw-------"));
    Files.write(
        blob,
        text.replace("echo honest", "echo stolen")
            .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    Files.setLastModifiedTime(blob, time);
    return code;
  }

  @Test
  @DisplayName("A15: swapped code is not handed out, neither whole nor by file")
  void isNotHandedOut() throws IOException {
    Code code = swapped("swapped-download");
    for (String part : new String[] {"/code", "/files/train.sh"}) {
      Bearer.admin()
          .get(code.path() + part)
          .then()
          .statusCode(409)
          .body("code", equalTo("object-altered"))
          .body(org.hamcrest.Matchers.not(containsString("stolen")));
    }
    // What was not touched is still there.
    Bearer.admin().get(code.path() + "/descriptor").then().statusCode(200);
  }

  @Test
  @DisplayName("A15: swapped code is not run")
  void isNotRun() throws IOException {
    Code code = swapped("swapped-launch");
    String job =
        Bearer.admin()
            .contentType("application/json")
            .body("{}")
            .post(code.path() + "/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Bearer.admin()
        .get("/api/v1/jobs/" + job + "?wait=20s")
        .then()
        .body("status", equalTo("Failed"))
        .body("failure.code", equalTo("code-altered"))
        .body("failure.fault", equalTo("platform"))
        .body("transitions.findAll { it.status == 'Starting' }", hasSize(1)) // no launch after it
        .body("failure.detail", containsString("code/"));
    assertThat(Bearer.admin().get("/api/v1/jobs/" + job + "/logs").asString())
        .doesNotContain("stolen");
  }

  @Test
  @DisplayName("A15: the same push again does not pass swapped code off as published")
  void isNotTakenForPublished() throws IOException {
    Code code = swapped("swapped-push");
    code.put().statusCode(409);
  }
}
