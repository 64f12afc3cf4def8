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
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.access.Caller;
import io.byoa.access.Role;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectStore;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class DatasetIT {

  private static final String DATASETS = "/api/v1/datasets";
  private static final Map<String, String> FILES =
      Map.of("train/a.csv", "1,2\n", "test.csv", "3,4\n", "train/é b;c#d%.csv", "5,6\n");

  private static @Nullable String token;

  @Inject ObjectStore store;
  @Inject Datasets datasets;

  @BeforeEach
  void takeAToken() {
    token = token == null ? Bearer.token(Role.LAUNCHER) : token;
  }

  private static RequestSpecification asLauncher() {
    return Bearer.with(Objects.requireNonNull(token)).urlEncodingEnabled(false);
  }

  private static ValidatableResponse upload(String name, String type, byte[] body) {
    return asLauncher()
        .contentType(type)
        .body(body)
        .post(DATASETS + "?name=" + name)
        .then()
        .log()
        .ifValidationFails();
  }

  private static ValidatableResponse uploadText(String name, String content) {
    return upload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
  }

  private static Manifest manifest(Map<String, String> files) {
    return new Manifest(
        new TreeMap<>(files)
            .entrySet().stream()
                .map(file ->
                    new Manifest.Entry(
                        file.getKey(),
                        file.getValue().getBytes(StandardCharsets.UTF_8).length,
                        Sha256.of(file.getValue())))
                .toList());
  }

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

  @Test
  void theNameAloneMeansWhatWasPushedLast() {
    String first = uploadText("latest", "first\n").statusCode(201).extract().path("reference");
    String second = uploadText("latest", "second\n").statusCode(201).extract().path("reference");
    assertThat(reference("dataset:latest")).isEqualTo(second);
    uploadText("latest", "first\n").statusCode(200);
    assertThat(reference("dataset:latest")).isEqualTo(first);
    assertThat(reference(second)).isEqualTo(second);
    asLauncher()
        .get(DATASETS + "/latest/versions")
        .then()
        .statusCode(200)
        .body("items.reference", contains(first, second))
        .body("items[0].files", nullValue());
    asLauncher()
        .get(DATASETS + "/latest/versions/latest")
        .then()
        .statusCode(200)
        .header("Content-Location", endsWith(first.substring(first.indexOf("sha256:"))))
        .body("reference", equalTo(first))
        .body("files.path", contains("data.csv"));
    asLauncher()
        .get(DATASETS + "/latest")
        .then()
        .body("versions", equalTo(2))
        .body("latest.reference", equalTo(first));
  }

  private String reference(String reference) {
    return datasets.resolve(Caller.DEFAULT_TEAM, reference).orElseThrow().reference();
  }

  @Test
  void resolvesToObjectsThatCanBeRead() throws IOException {
    String exact =
        upload("resolved", "application/zip", Packed.zip(FILES)).extract().path("reference");
    Dataset dataset = datasets.require(Caller.DEFAULT_TEAM, "dataset:resolved", "/inputs/training");
    assertThat(dataset.reference()).isEqualTo(exact);
    assertThat(dataset.files()).hasSize(3);
    for (Dataset.File file : dataset.files()) {
      assertThat(file.object().key().value()).isEqualTo(dataset.prefix() + file.path());
      try (var content = store.openVerified(file.object())) {
        assertThat(new String(content.readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(FILES.get(file.path()));
      }
    }
    assertThat(datasets.resolve("another-team", exact)).isEmpty();
    assertThat(datasets.unknown(Caller.DEFAULT_TEAM, "dataset:resolvd", "/inputs/x").detail())
        .contains("did you mean 'resolved'?");
  }

  @Test
  void listsNamesInOrderPageByPage() {
    for (String name : List.of("page-c", "page-a", "page-b")) {
      uploadText(name, name).statusCode(201);
    }
    String next =
        asLauncher()
            .get(DATASETS + "?search=page-&pageSize=2")
            .then()
            .statusCode(200)
            .header("Link", containsString("rel=\"next\""))
            .body("items.name", contains("page-a", "page-b"))
            .body("items.latest.fileCount", contains(1, 1))
            .extract()
            .path("next");
    asLauncher()
        .get(DATASETS + "?search=page-&pageSize=2&cursor=" + next)
        .then()
        .body("items.name", contains("page-c"))
        .body("next", nullValue());
    asLauncher().get(DATASETS + "?search=no-such").then().body("items.size()", equalTo(0));
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
  void whatIsNotThereIsNotFoundAndTheNearestIsNamed() {
    String digest = uploadText("nearest", "x").extract().path("digest");
    asLauncher()
        .get(DATASETS + "/nearst")
        .then()
        .statusCode(404)
        .body("code", equalTo("dataset-not-found"))
        .body("detail", containsString("did you mean 'nearest'?"));
    String version = DATASETS + "/nearest/versions/";
    asLauncher()
        .get(version + digest + "/files/data.cvs")
        .then()
        .statusCode(404)
        .body("code", equalTo("file-not-found"))
        .body("detail", containsString("did you mean 'data.csv'?"));
    asLauncher().get(version + "sha256:" + "0".repeat(64)).then().statusCode(404);
    asLauncher().get(version + "1.0").then().statusCode(404);
    asLauncher().get(DATASETS + "/nearst/versions").then().statusCode(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/x",
        "..%2f..%2fx",
        "%5c..%5cx",
        "a//b",
        "data.csv;x=y",
        "data.csv%00",
        "....//x",
        "%252e%252e%252fx"
      })
  void aPathLeadsNowhereElse(String path) {
    uploadText("traversal", "x");
    int status =
        asLauncher().get(DATASETS + "/traversal/versions/latest/files/" + path).statusCode();
    assertThat(status).isIn(400, 404);
  }

  @Test
  void aDownloadIsAnAttachmentWithItsDigest() {
    uploadText("download", "<script>alert(1)</script>");
    String file = DATASETS + "/download/versions/latest/files/data.csv";
    String tag =
        asLauncher()
            .get(file)
            .then()
            .statusCode(200)
            .contentType("text/csv")
            .header("Content-Length", "25")
            .header("Content-Disposition", "attachment; filename=\"data.csv\"")
            .header("X-Content-Type-Options", "nosniff")
            .header("Content-Security-Policy", containsString("default-src 'none'"))
            .header("Repr-Digest", matchesPattern("sha-256=:[A-Za-z0-9+/]{43}=:"))
            .header("ETag", equalTo("\"" + Sha256.of("<script>alert(1)</script>") + "\""))
            .extract()
            .header("ETag");
    asLauncher().header("If-None-Match", tag).get(file).then().statusCode(304);
    asLauncher().head(file).then().statusCode(200).header("Content-Length", "25");
  }

  @Test
  void aDownloadIsResumedWhereItBroke() {
    uploadText("resumed", "0123456789");
    String file = DATASETS + "/resumed/versions/latest/files/data.csv";
    String tag = asLauncher().get(file).then().extract().header("ETag");
    asLauncher()
        .header("Range", "bytes=4-")
        .header("If-Range", tag)
        .get(file)
        .then()
        .statusCode(206)
        .header("Content-Range", "bytes 4-9/10")
        .header("Content-Length", "6")
        .body(equalTo("456789"));
    asLauncher()
        .header("Range", "bytes=4-")
        .header("If-Range", "\"other\"")
        .get(file)
        .then()
        .statusCode(200)
        .body(equalTo("0123456789"));
    asLauncher()
        .header("Range", "bytes=10-")
        .get(file)
        .then()
        .statusCode(416)
        .header("Content-Range", "bytes */10");
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
