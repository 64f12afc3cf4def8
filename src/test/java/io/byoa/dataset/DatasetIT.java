package io.byoa.dataset;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /datasets}: what is kept of an upload, and what is refused. */
@QuarkusTest
final class DatasetIT extends DatasetRequests {

  @Inject ObjectStore store;

  @Test
  void keepsAnArchiveUnpackedUnderTheDigestOfItsFiles() throws IOException {
    Manifest expected = manifest(FILES);
    ValidatableResponse created = upload("unpacked", "application/zip", Packed.zip(FILES));
    created
        .statusCode(201)
        .header(
            "Location", endsWith("/api/v1/datasets/unpacked/versions/sha256:" + expected.digest()))
        .body("name", equalTo("unpacked"))
        .body("digest", equalTo("sha256:" + expected.digest()))
        .body("reference", equalTo("dataset:unpacked@sha256:" + expected.digest()))
        .body("size", equalTo(12))
        .body("fileCount", equalTo(3))
        .body("files.path", contains("test.csv", "train/a.csv", "train/é b;c#d%.csv"))
        .body("files[1].sha256", equalTo(Sha256.of("1,2\n").hex()))
        .body("createdBy", containsString("token:test-"))
        .body("createdAt", matchesPattern("\\d{4}-.*Z"));
    for (Manifest.Entry entry : expected.entries()) {
      assertThat(store.find(Dataset.key(expected.digest(), entry.path())).orElseThrow().sha256())
          .isEqualTo(entry.sha256());
    }
    List<String> links = created.extract().path("files.href");
    List<String> contents = new ArrayList<>();
    for (String link : links) {
      contents.add(asLauncher().get(link).then().statusCode(200).extract().asString());
    }
    assertThat(contents).containsExactly("3,4\n", "1,2\n", "5,6\n");
  }

  @Test
  void tellsWhatAFileWithoutANameIsCalled() {
    upload("nameless", "text/csv", "1,2\n".getBytes(StandardCharsets.UTF_8))
        .statusCode(201)
        .body("files.path", contains("data.csv"))
        .body("notices", hasItem(containsString("is called 'data.csv'")));
  }

  @Test
  void theSameFilesAreTheSameVersionHoweverTheyWerePacked() throws IOException {
    String reference =
        upload("same", "application/zip", Packed.zip(FILES))
            .statusCode(201)
            .extract()
            .path("reference");
    upload("same", "application/octet-stream", Packed.tarGz(FILES))
        .statusCode(200)
        .body("reference", equalTo(reference));
    Map<String, String> wrapped = new TreeMap<>();
    FILES.forEach((path, content) -> wrapped.put("folder/" + path, content));
    upload("same", "application/gzip", Packed.tarGz(wrapped))
        .statusCode(200)
        .body("reference", equalTo(reference))
        .body("notices", hasItem(containsString("folder/")));
    asLauncher().get(DATASETS + "/same").then().body("versions", equalTo(1));
    // Another name is another dataset, and stores nothing twice.
    upload("same-again", "application/zip", Packed.zip(FILES)).statusCode(201);
  }

  @Test
  void keepsOneFileAsItIs() throws IOException {
    byte[] zip = Packed.zip(FILES);
    asLauncher()
        .contentType("application/zip")
        .header("Content-Disposition", "attachment; filename*=UTF-8''m%C3%B6del.zip")
        .body(zip)
        .post(DATASETS + "?name=one")
        .then()
        .statusCode(201)
        .body("files.path", contains("m\u00f6del.zip"))
        .body("files[0].sha256", equalTo(Sha256.of(zip).hex()));
    uploadText("one", "a,b\n").statusCode(201).body("files.path", contains("data.csv"));
    upload("one", "application/octet-stream", new byte[] {0, 1, 2})
        .statusCode(201)
        .body("files.path", contains("data"))
        .body("size", equalTo(3));
    upload("one", "text/plain", new byte[0]).statusCode(201).body("size", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?name=", "?name=Iris", "?name=a--b", "?name=..", "?name=a%2Fb"})
  void refusesANameThatIsNone(String query) {
    asLauncher()
        .contentType("text/csv")
        .body("x")
        .post(DATASETS + query)
        .then()
        .statusCode(400)
        .body("code", equalTo("parameters-invalid"))
        .body("errors[0].pointer", equalTo("?name"));
  }

  @ParameterizedTest
  @CsvSource({
    "../evil.csv, leads out",
    "/etc/evil.csv, absolute",
    "a\\b.csv, backslash",
    "C:/a.csv, drive"
  })
  void refusesAnArchiveThatReachesOut(String path, String reason) throws IOException {
    upload("evil", "application/gzip", Packed.tarGz(Map.of("ok.csv", "1", path, "2")))
        .statusCode(422)
        .body("code", equalTo("archive-refused"))
        .body("detail", containsString(reason));
    asLauncher().get(DATASETS + "/evil").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", "a\\\\b", ".."})
  void refusesAFileNameThatReachesOut(String name) {
    asLauncher()
        .contentType("text/csv")
        .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
        .body("x")
        .post(DATASETS + "?name=evil")
        .then()
        .statusCode(422)
        .body("code", equalTo("file-name-refused"));
  }

  @Test
  void refusesWhatIsNeitherArchiveNorFile() {
    upload("form", "multipart/form-data; boundary=x", "--x--".getBytes(StandardCharsets.US_ASCII))
        .statusCode(415)
        .body("detail", containsString("Content-Disposition"));
    upload("not-zip", "application/zip", "a,b".getBytes(StandardCharsets.US_ASCII)).statusCode(415);
  }

  @Test
  void onlyLaunchersUploadAndViewersRead() {
    String viewer = Bearer.token(Role.VIEWER);
    Bearer.with(viewer).body("x").post(DATASETS + "?name=denied").then().statusCode(403);
    Bearer.with(viewer).get(DATASETS).then().statusCode(200);
    given().body("x").post(DATASETS + "?name=denied").then().statusCode(401);
    given().get(DATASETS + "/iris/versions/latest/files/a").then().statusCode(401);
  }

  @Test
  void theSameKeyGetsTheFirstAnswerAndAnotherBodyIsRefused() {
    String first = keyed("x", "keyed").statusCode(201).extract().asString();
    keyed("x", "keyed").statusCode(201).header("Idempotency-Replayed", "true").body(equalTo(first));
    keyed("y", "keyed").statusCode(422).body("code", equalTo("idempotency-key-reused"));
    keyed("x", "keyed-2").statusCode(422);
  }

  private static ValidatableResponse keyed(String body, String name) {
    return asLauncher()
        .contentType("text/csv")
        .header("Idempotency-Key", "upload-1")
        .body(body)
        .post(DATASETS + "?name=" + name)
        .then();
  }

  @Test
  void leavesATrailOfWhoPushedWhat() {
    String digest = uploadText("audited", "x").extract().path("digest");
    Bearer.admin()
        .get("/api/v1/audit?pageSize=200")
        .then()
        .statusCode(200)
        .body("items.action", hasItems("dataset.pushed"))
        .body("items.thing", hasItems("audited@" + digest))
        .body("items[0].id", notNullValue());
  }
}
