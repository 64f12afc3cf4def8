package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.common.Sha256;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class PublishIT {

  private static ValidatableResponse post(String type, byte[] body) {
    return Bearer.admin().contentType(type).body(body).post(ALGORITHMS.replaceAll("/$", "")).then();
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/zip", "application/gzip", "text/plain", "image/png"})
  void takesAnArchiveAtItsAddressWhateverTypeTheClientClaims(String type) {
    Code code = Code.of("put-" + type.replaceAll("\\W", "-"), "1.0.0");
    Bearer.admin()
        .contentType(type)
        .body(type.endsWith("zip") ? code.tarGz() : code.zip())
        .put(code.path())
        .then()
        .statusCode(201)
        .header("Location", containsString(code.path()))
        .header("Content-Location", code.path())
        .header("ETag", notNullValue())
        .body("algorithm", equalTo(code.name()))
        .body("version", equalTo("1.0.0"))
        .body("status", equalTo("available"))
        .body("publishedBy", startsWith("token:"))
        .body("code.sha256", matchesPattern("[0-9a-f]{64}"));
  }

  @Test
  void takesABodyOfNoTypeAsCurlSendsIt() {
    Code code = Code.of("curl-t", "1.0.0");
    var request = Bearer.admin().noContentType().body(code.tarGz());
    request.put(code.path()).then().statusCode(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/zip",
        "application/gzip",
        "application/octet-stream",
        "application/x-gzip"
      })
  void takesNameAndVersionFromTheDescriptor(String type) {
    Code code = Code.of("post-" + type.replaceAll("\\W", "-"), "1.0.0");
    post(type, code.zip())
        .statusCode(201)
        .header("Location", containsString(code.path()))
        .body("version", equalTo("1.0.0"));
    post(type, code.tarGz()).statusCode(200).header("Content-Location", code.path());
  }

  @Test
  void takesWhatCurlSendsWithoutSayingWhatItIs() {
    Code code = Code.of("post-unsaid", "1.0.0");
    var request = Bearer.admin().noContentType().body(code.tarGz());
    request
        .post("/api/v1/algorithms")
        .then()
        .statusCode(201)
        .header("Location", equalTo(code.path()));
    post("application/json", "{}".getBytes(UTF_8))
        .statusCode(415)
        .body("detail", containsString("application/zip"))
        .body("detail", containsString("multipart/form-data"));
  }

  @Test
  void theSameTreeIsTheSameVersionHoweverItWasArchived() {
    Code code = Code.of("same-tree", "1.0.0").file("lib/b.txt", "b").file("lib/a.txt", "a");
    String sha256 = code.put().statusCode(201).extract().path("code.sha256");
    Map<String, String> backwards = new TreeMap<>(java.util.Comparator.reverseOrder());
    backwards.putAll(code.files());
    Map<String, String> wrapped = new LinkedHashMap<>();
    code.files().forEach((path, text) -> wrapped.put("folder/" + path, text));
    wrapped.put("folder/.DS_Store", "junk");
    for (byte[] again :
        List.of(
            code.tarGz(),
            code.zip(),
            Code.zip(backwards),
            Code.tarGz(backwards, 1_700_000_000),
            Code.tarGz(wrapped, 0))) {
      Bearer.admin()
          .body(again)
          .contentType("application/octet-stream")
          .put(code.path())
          .then()
          .statusCode(200)
          .header("Content-Location", code.path())
          .body("code.sha256", equalTo(sha256));
    }
    Bearer.admin()
        .body(Code.tarGz(wrapped, 0))
        .contentType("application/gzip")
        .put(code.path())
        .then()
        .body("notices", hasItems(containsString("folder/"), containsString(".DS_Store")));
  }

  @Test
  void aVersionNeverGetsOtherContent() {
    Code.of("immutable", "1.0.0").published();
    String before = sha256("immutable");
    Code.of("immutable", "1.0.0")
        .program("echo changed\n")
        .put()
        .statusCode(409)
        .contentType("application/problem+json")
        .body("code", equalTo("version-exists"))
        .body("detail", containsString("new version"));
    assertThat(sha256("immutable")).isEqualTo(before);
  }

  private static String sha256(String name) {
    return Bearer.admin().get(ALGORITHMS + name + "/versions/1.0.0").path("code.sha256");
  }

  @Test
  void refusesAnAddressThatIsNotTheDescriptors() {
    Code code = Code.of("addressed", "1.0.0");
    Bearer.admin()
        .contentType("application/gzip")
        .body(code.tarGz())
        .put(ALGORITHMS + "other/versions/2.0.0")
        .then()
        .statusCode(422)
        .body("errors.pointer", hasItems("/name", "/version"))
        .body("errors.detail", hasItems(containsString("\"other\""), containsString("\"2.0.0\"")));
    Bearer.admin().get(ALGORITHMS + "other").then().statusCode(404);
    Bearer.admin().get(ALGORITHMS + "addressed").then().statusCode(404);
  }

  @Test
  void listsEverythingThatIsWrongWithADescriptorAtOnce() {
    Code.of("wrong", "1.0.0")
        .with("entryPoint", "\"missing.py\"")
        .with("arguments", "\"flag\"")
        .with("hyperParameter", "{}")
        .with(
            "hyperParameters",
            "{\"type\": \"object\", \"properties\": {\"a\": {\"type\": \"int\"}}}")
        .with("metrics", "[{\"name\": \"x\", \"regex\": \"(\"}]")
        .with("channels", "[{\"name\": \"a b\"}]")
        .put()
        .statusCode(422)
        .body("code", equalTo("descriptor-invalid"))
        .body(
            "errors.pointer",
            hasItems(
                "/entryPoint",
                "/arguments",
                "/hyperParameter",
                "/hyperParameters/properties/a/type",
                "/metrics/0/regex",
                "/channels/0/name"))
        .body(
            "errors.detail",
            hasItems(containsString("did you mean 'hyperParameters'?"), containsString("'flags'")));
    Bearer.admin().get(ALGORITHMS + "wrong").then().statusCode(404);
  }

  @Test
  void tellsAnArchiveWithoutADescriptorWhatToDo() {
    Code code = Code.of("bare", "1.0.0");
    post("application/zip", Code.zip(code.filesWithoutDescriptor()))
        .statusCode(422)
        .body("code", equalTo("descriptor-missing"))
        .body("detail", containsString("multipart/form-data"));
  }

  @Test
  void keepsWhereTheCodeComesFromAndTheStatusToBeginWith() {
    Code code = Code.of("provenance", "1.0.0");
    code.put(
            "?status=disabled&reason=Tests&sourceRepository=https://git.example/x.git&sourceRevision=abc123"
                + "&pipelineUrl=https://ci.example/1")
        .statusCode(201)
        .body("status", equalTo("disabled"));
    Bearer.admin()
        .get(code.path())
        .then()
        .body("status", equalTo("disabled"))
        .body("sourceRepository", equalTo("https://git.example/x.git"))
        .body("sourceRevision", equalTo("abc123"))
        .body("pipelineUrl", equalTo("https://ci.example/1"));
    Code.of("provenance", "1.0.1")
        .put("?status=avaliable")
        .statusCode(400)
        .body("errors[0].pointer", equalTo("?status"))
        .body("detail", containsString("did you mean 'available'?"));
    Code.of("provenance", "1.0.1")
        .put("?dryrun=true")
        .statusCode(400)
        .body("detail", containsString("did you mean 'dryRun'?"));
  }

  @ParameterizedTest
  @CsvSource({
    "pipelineUrl, javascript:alert(1)",
    "pipelineUrl, data:text/html",
    "pipelineUrl, ssh://git@example.org/x",
    "pipelineUrl, //example.org/x",
    "pipelineUrl, run 5",
    "sourceRepository, javascript:alert(1)",
    "sourceRepository, file:///etc/passwd",
    "sourceRepository, https://ci:secret@git.example.org/x",
    "sourceRepository, https:///x"
  })
  void refusesAddressesThatNobodyShouldFollow(String parameter, String address) {
    Code code = Code.of("unprovenanced", "1.0.0");
    Bearer.admin()
        .queryParam(parameter, address)
        .contentType("application/zip")
        .body(code.zip())
        .put(code.path())
        .then()
        .statusCode(400)
        .body("errors.pointer", hasItems("?" + parameter))
        .body("detail", not(containsString("secret")));
    Bearer.admin().get(ALGORITHMS + "unprovenanced").then().statusCode(404);
  }

  @Test
  void takesRepositoriesAsGitWritesThem() {
    Code code = Code.of("git-places", "1.0.0");
    for (String place : List.of("git@git.example.org:group/x.git", "ssh://git@git.example.org/x")) {
      Bearer.admin()
          .queryParam("sourceRepository", place)
          .queryParam("dryRun", true)
          .contentType("application/zip")
          .body(code.zip())
          .put(code.path())
          .then()
          .statusCode(200);
    }
  }

  @Test
  void refusesWhatWouldBreakCallersWithinAMajorVersion() {
    String before = "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}";
    String after =
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"maximum\":3}}}";
    Code.of("breaking", "1.0.0").with("hyperParameters", before).published();
    Code.of("breaking", "1.1.0")
        .with("hyperParameters", after)
        .put()
        .statusCode(422)
        .body("code", equalTo("breaking-change"))
        .body("errors[0].pointer", startsWith("/hyperParameters/properties/a"));
    Code.of("breaking", "2.0.0").with("hyperParameters", after).published();
  }

  @Test
  void publishersAndScopesAreHeldTo() {
    Code code = Code.of("scoped", "1.0.0");
    for (String token : List.of(Bearer.token(Role.LAUNCHER), Bearer.token(Role.VIEWER))) {
      Bearer.with(token)
          .contentType("application/gzip")
          .body(code.tarGz())
          .put(code.path())
          .then()
          .statusCode(403)
          .body("code", equalTo("role-needed"));
    }
    String elsewhere = Bearer.token(Role.PUBLISHER, "another");
    Bearer.with(elsewhere)
        .contentType("application/gzip")
        .body(code.tarGz())
        .post("/api/v1/algorithms")
        .then()
        .statusCode(403)
        .body("code", equalTo("algorithm-not-in-scope"));
    Bearer.with(Bearer.token(Role.PUBLISHER, "scoped"))
        .contentType("application/gzip")
        .body(code.tarGz())
        .put(code.path())
        .then()
        .statusCode(201);
  }

  @Test
  void theCodeIsByteForByteWhatItsDigestSays() {
    Code code = Code.of("digest", "1.0.0").published();
    String sha256 = sha256("digest");
    byte[] tar = Bearer.admin().get(code.path() + "/code").then().extract().asByteArray();
    assertThat(Sha256.of(tar).hex()).isEqualTo(sha256);
  }
}
