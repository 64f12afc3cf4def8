package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.byoa.access.Bearer;
import io.byoa.common.Sha256;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a version is made of, as it downloads. */
@QuarkusTest
final class VersionContentIT {

  private static final String NASTY = "docs/<b> é;#%.html";
  private static boolean published;

  private static final String PATH = ALGORITHMS + "content/versions/1.0.0";

  @BeforeEach
  void publish() {
    if (!published) {
      code("1.0.0", "six==1.16.0\nwheel\n").published();
      published = true;
    }
  }

  private static Code code(String version, String requirements) {
    return Code.of("content", version)
        .with("runtime", "{\"language\": \"python\", \"dependencies\": \"requirements.txt\"}")
        .with("entryPoint", "\"train.py\"")
        .with(
            "hyperParameters",
            "{\"type\":\"object\",\"properties\":{\"rate\":{\"type\":\"number\",\"default\":0.10}}}")
        .file("train.py", "print('hello')\n")
        .file("requirements.txt", requirements)
        .file(NASTY, "<script>alert(1)</script>");
  }

  private static Response get(String path, String... headers) {
    var request = Bearer.admin().urlEncodingEnabled(false);
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request.get(path);
  }

  @Test
  void theCodeIsACanonicalTarOfTheFilesUnderItsDigest() throws IOException {
    Response answer = get(PATH + "/code");
    answer
        .then()
        .statusCode(200)
        .header("Content-Disposition", "attachment; filename=\"content-1.0.0.tar\"")
        .header("Accept-Ranges", "bytes");
    byte[] tar = answer.asByteArray();
    String sha256 = Sha256.of(tar).hex();
    assertThat(answer.header("ETag")).isEqualTo("\"" + sha256 + "\"");
    assertThat(get(PATH).<String>path("code.sha256")).isEqualTo(sha256);
    List<String> names = new ArrayList<>();
    try (var entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
      for (TarArchiveEntry e = entries.getNextEntry(); e != null; e = entries.getNextEntry()) {
        names.add(e.getName());
        assertThat(e.getLongUserId()).isZero();
        assertThat(e.getLastModifiedTime().toMillis()).isEqualTo(315_532_800_000L); // 1980
      }
    }
    assertThat(names)
        .containsExactly("algorithm.json", NASTY, "requirements.txt", "train.py", "train.sh");
  }

  @Test
  void aDownloadGoesOnWhereItBrokeAndIsNotRepeated() {
    byte[] whole = get(PATH + "/code").asByteArray();
    String tag = get(PATH + "/code").header("ETag");
    Response part = get(PATH + "/code", "Range", "bytes=600-", "If-Range", tag);
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.header("Content-Range"))
        .isEqualTo("bytes 600-" + (whole.length - 1) + "/" + whole.length);
    assertThat(part.asByteArray()).isEqualTo(Arrays.copyOfRange(whole, 600, whole.length));
    assertThat(get(PATH + "/code", "If-None-Match", tag).statusCode()).isEqualTo(304);
    Response beyond = get(PATH + "/code", "Range", "bytes=" + whole.length + "-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(beyond.header("Content-Range")).isEqualTo("bytes */" + whole.length);
    assertThat(beyond.contentType()).isEqualTo("application/problem+json");
    assertThat(beyond.jsonPath().getString("code")).isEqualTo("range-not-satisfiable");
    Response head = Bearer.admin().head(PATH + "/code");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.header("Content-Length")).isEqualTo(String.valueOf(whole.length));
    assertThat(head.asByteArray()).isEmpty();
  }

  @Test
  void everyListedFileDownloadsAsTheListSays() {
    Response list = get(PATH + "/files");
    list.then()
        .statusCode(200)
        .body("version", equalTo("1.0.0"))
        .body(
            "files.path",
            contains("algorithm.json", NASTY, "requirements.txt", "train.py", "train.sh"));
    List<Map<String, Object>> files = list.path("files");
    for (Map<String, Object> file : files) {
      Response answer = get((String) java.util.Objects.requireNonNull(file.get("href")));
      byte[] content = answer.then().statusCode(200).extract().asByteArray();
      assertThat(content).hasSize((Integer) java.util.Objects.requireNonNull(file.get("size")));
      assertThat(Sha256.of(content).hex()).isEqualTo(file.get("sha256"));
      assertThat(answer.header("Content-Disposition")).startsWith("attachment;");
      assertThat(answer.header("ETag")).isEqualTo("\"" + file.get("sha256") + "\"");
    }
    String tag = list.header("ETag");
    assertThat(get(PATH + "/files", "If-None-Match", tag).statusCode()).isEqualTo(304);
    Response part = get(PATH + "/files/train.py", "Range", "bytes=6-10");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.asString()).isEqualTo("'hell");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train.pyx", "docs", "Train.py", "train.py.", "train.py%20", "a/b"})
  void aFileThatIsNotThereIsNotFound(String path) {
    get(PATH + "/files/" + path).then().statusCode(404).body("code", equalTo("file-not-found"));
    get(PATH + "/files/trian.py").then().body("detail", containsString("mean 'train.py'?"));
  }

  @Test
  void theDescriptorIsCompleteAndTheSchemaStandsAlone() {
    Response descriptor = get(PATH + "/descriptor");
    descriptor
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("arguments", equalTo("flags"))
        .body("retryStrategy.maximumRetryAttempts", equalTo(2))
        .body("hyperParameters.additionalProperties", equalTo(false));
    assertThat(get(PATH + "/descriptor", "If-None-Match", descriptor.header("ETag")).statusCode())
        .isEqualTo(304);
    Response schema = get(PATH + "/schema");
    schema
        .then()
        .statusCode(200)
        .contentType("application/schema+json")
        .body("$schema", equalTo("https://json-schema.org/draft/2020-12/schema"))
        .body("properties.rate.default", equalTo(0.10f));
    // Numbers keep the author's text.
    assertThat(schema.asString()).contains("0.10");
    assertThat(get(PATH + "/schema", "If-None-Match", schema.header("ETag")).statusCode())
        .isEqualTo(304);
  }

  @Test
  void theSchemaOfDescriptorsIsPublic() {
    io.restassured.RestAssured.given()
        .get("/schemas/algorithm/v1.json")
        .then()
        .statusCode(200)
        .contentType("application/schema+json");
  }

  @Test
  void comparesDescriptorFilesAndDependencies() {
    code("1.1.0", "six==1.17.0\nwheel\n")
        .with(
            "hyperParameters",
            "{\"type\":\"object\",\"properties\":{\"rate\":{\"type\":\"number\",\"default\":0.2}}}")
        .file("extra.py", "")
        .put();
    get(ALGORITHMS + "content/versions/latest/diff?with=1.0")
        .then()
        .statusCode(200)
        .header("Content-Location", ALGORITHMS + "content/versions/1.1.0/diff?with=1.0.0")
        .body("from", equalTo("1.0.0"))
        .body("to", equalTo("1.1.0"))
        .body("breaking", equalTo(false))
        .body("descriptor.pointer", hasItem("/hyperParameters/properties/rate/default"))
        .body("files.path", contains("algorithm.json", "extra.py", "requirements.txt"))
        .body("files.kind", contains("changed", "added", "changed"))
        .body("dependencies.line", contains("six==1.16.0", "six==1.17.0"))
        .body("dependencies.kind", contains("removed", "added"));
    get(PATH + "/diff?with=1.0.0").then().body("files.size()", equalTo(0));
    get(PATH + "/diff").then().statusCode(400).body("errors[0].pointer", equalTo("?with"));
    get(PATH + "/diff?with=9").then().statusCode(404);
  }

  @Test
  void theBytesOfAFileAreThoseThatWerePublished() {
    assertThat(get(PATH + "/files/train.py").asByteArray())
        .isEqualTo("print('hello')\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theExampleNamesDatasetsThatMayExist() {
    Code code =
        Code.of("example-names", "1.0.0")
            .with(
                "channels",
                "[{\"name\": \"Training_Data.1\", \"required\": true}, {\"name\": \"-_-\", \"required\": true}]")
            .published();
    Map<String, String> inputs =
        get(code.path() + "/openapi.json")
            .jsonPath()
            .getMap(
                "paths.find { it.key.endsWith('/jobs') }.value.post.requestBody.content.'application/json'.example.inputs");
    assertThat(inputs)
        .containsEntry("Training_Data.1", "dataset:training-data-1")
        .containsEntry("-_-", "dataset:data");
  }
}
