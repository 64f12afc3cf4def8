package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.store.ObjectStore;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Publishing with {@code ?dryRun=true}: everything is told, nothing is kept. */
@QuarkusTest
final class RehearsalIT {

  private static final String DRY = "?dryRun=true";

  @Inject ObjectStore store;

  private long objects() {
    try (Stream<?> all = store.list("code/")) {
      return all.count();
    }
  }

  @Test
  void tellsTheCompletedDescriptorAndTheFilesAndKeepsNothing() {
    long before = objects();
    Code.of("rehearsed", "1.0.0")
        .file("lib/a.txt", "a")
        .put(DRY)
        .statusCode(200)
        .body("dryRun", equalTo(true))
        .body("publishable", equalTo(true))
        .body("problems", empty())
        .body("existing", equalTo("absent"))
        .body("descriptor.arguments", equalTo("flags"))
        .body("descriptor.retryStrategy.maximumRetryAttempts", equalTo(2))
        .body("files.path", contains("algorithm.json", "lib/a.txt", "train.sh"))
        .body("previous", nullValue());
    assertThat(objects()).isEqualTo(before);
    Bearer.admin().get(ALGORITHMS + "rehearsed").then().statusCode(404);
    Bearer.admin()
        .get("/api/v1/audit?pageSize=200")
        .then()
        .body("items.thing", org.hamcrest.Matchers.not(hasItem("rehearsed@1.0.0")));
  }

  @Test
  void tellsTheDifferenceToTheVersionBefore() {
    Code.of("compared", "1.0.0").published();
    Code.of("compared", "1.1.0")
        .with(
            "hyperParameters",
            "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}")
        .program("echo more\n")
        .file("new.txt", "x")
        .put(DRY)
        .statusCode(200)
        .body("publishable", equalTo(true))
        .body("previous", equalTo("1.0.0"))
        .body("changes.pointer", hasItem("/hyperParameters/properties/a"))
        .body("changes.breaking", org.hamcrest.Matchers.everyItem(equalTo(false)))
        .body("fileChanges.path", contains("algorithm.json", "new.txt", "train.sh"))
        .body("fileChanges.kind", contains("changed", "added", "changed"));
    Code.of("compared", "1.0.0").put(DRY).body("existing", equalTo("same"));
    Code.of("compared", "1.0.0")
        .program("echo other\n")
        .put(DRY)
        .statusCode(200)
        .body("publishable", equalTo(false))
        .body("existing", equalTo("other"))
        .body("problems.pointer", contains("/version"));
  }

  @Test
  void problemsAreTheAnswerAndNoError() {
    Code.of("troubled", "1.0.0")
        .with("entryPoint", "\"gone.py\"")
        .with("argument", "\"flags\"")
        .put(DRY)
        .statusCode(200)
        .body("publishable", equalTo(false))
        .body("problems.pointer", hasItems("/entryPoint", "/argument"))
        .body("files.path", contains("algorithm.json", "train.sh"));
    Bearer.admin()
        .contentType("application/zip")
        .body(Code.zip(java.util.Map.of("algorithm.json", "{ \"name\": ")))
        .put(ALGORITHMS + "troubled/versions/1.0.0" + DRY)
        .then()
        .statusCode(200)
        .body("publishable", equalTo(false))
        .body("problems.detail", hasItem(containsString("algorithm.json")));
    Bearer.admin()
        .contentType("application/zip")
        .body("no archive at all".getBytes(StandardCharsets.UTF_8))
        .put(ALGORITHMS + "troubled/versions/1.0.0" + DRY)
        .then()
        .statusCode(415)
        .body("code", equalTo("archive-format"));
    Bearer.admin()
        .multiPart("archive", "code.zip", Code.of("troubled", "1.0.0").zip())
        .post("/api/v1/algorithms" + DRY)
        .then()
        .statusCode(200)
        .body("publishable", equalTo(true));
  }
}
