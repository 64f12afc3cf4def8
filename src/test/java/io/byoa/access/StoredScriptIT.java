package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.byoa.testing.Chromium;
import io.byoa.testing.Code;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack A11: script wherever a client may leave text, and every answer that brings it back. */
@QuarkusTest
final class StoredScriptIT {

  private static final String SCRIPT =
      "<script>document.title='owned'</script><img src=x onerror=document.title='owned'>";
  private static final String FILE = "<img src=x onerror=alert(1)>.html";

  private static final Code CODE =
      Code.of("scripted", "1.0.0")
          .with("description", "\"" + SCRIPT + "\"")
          .with(
              "hyperParameters",
              """
              { "type": "object",
                "properties": { "a": { "type": "string", "description": "%1$s", "default": "%1$s" } } }
              """
                  .formatted(SCRIPT))
          .with("channels", "[{\"name\": \"training\", \"description\": \"" + SCRIPT + "\"}]")
          .with("metrics", "[{\"name\": \"<script>\", \"regex\": \"metric=([0-9.]+)\"}]")
          .file(FILE, SCRIPT)
          .program(
              """
              echo metric=1
              echo "%s"
              printf '\\033]0;owned\\007\\033[2J\\n'
              mkdir -p /opt/ml/output/data
              echo "%s" > "/opt/ml/output/data/%s"
              echo "%s" > /opt/ml/output/failure
              exit 1
              """
                  .formatted(SCRIPT, SCRIPT, FILE, SCRIPT));

  private static @Nullable String job;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI server;

  @BeforeEach
  void leaveScriptEverywhere() {
    if (job != null) {
      return;
    }
    CODE.published();
    Bearer.admin()
        .contentType("application/json")
        .header("If-Match", "*")
        .body("{\"status\": \"deprecated\", \"reason\": \"" + SCRIPT + "\"}")
        .patch(CODE.path())
        .then()
        .statusCode(200);
    job =
        Bearer.admin()
            .contentType("application/json")
            .body("{}")
            .post(CODE.path() + "/jobs")
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    Bearer.admin()
        .get("/api/v1/jobs/" + job + "?wait=60s")
        .then()
        .body("status", equalTo("Failed"));
  }

  private static String fill(String path) {
    return path.replace("{version}", CODE.path()).replace("{job}", "/api/v1/jobs/" + job);
  }

  @ParameterizedTest
  @DisplayName("A11: stored script comes back as data under a policy that runs nothing")
  @ValueSource(
      strings = {
        "/api/v1/algorithms?search=scripted",
        "/api/v1/algorithms?search=%3Cscript%3E",
        "/api/v1/algorithms/scripted",
        "/api/v1/algorithms/%3Cscript%3Ealert(1)",
        "{version}",
        "{version}/descriptor",
        "{version}/schema",
        "{version}/openapi.json",
        "{version}/files",
        "{version}/code",
        "{version}/files/%3Cimg%20src=x%20onerror=alert(1)%3E.html",
        "{version}/files/%3Cscript%3E",
        "{job}",
        "{job}/result",
        "{job}/logs",
        "{job}/logs?search=%3Cscript%3E",
        "{job}/metrics",
        "{job}/events",
        "{job}/files/output/%3Cimg%20src=x%20onerror=alert(1)%3E.html",
        "/api/v1/jobs?algorithm=scripted",
        "/api/v1/jobs?status=%3Cscript%3E",
        "/api/v1/jobs?%3Cscript%3E=1",
        "/api/v1/nowhere/%3Cscript%3E"
      })
  void comesBackAsData(String path) {
    Response answer = Bearer.admin().urlEncodingEnabled(false).get(fill(path));
    answer
        .then()
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header("Content-Security-Policy", not(containsString("unsafe")))
        .header("X-Frame-Options", "DENY")
        .header("Referrer-Policy", "no-referrer");
    String disposition = Objects.requireNonNullElse(answer.header("Content-Disposition"), "");
    if (!disposition.startsWith("attachment;")) {
      assertThat(answer.contentType())
          .as(path)
          .matches(
              "(application/(json|problem\\+json|schema\\+json)|text/plain|text/event-stream).*");
    }
    assertThat(answer.headers().asList())
        .noneMatch(header -> header.getValue().contains("<script"));
  }

  @Test
  @DisplayName("A11: a real browser shows stored script as text and reports no violation")
  void aBrowserRunsNoneOfIt() throws IOException {
    Assumptions.assumeTrue(
        Chromium.isInstalled(),
        "Chromium is not installed, so what a browser makes of stored script was not looked at.");
    try (Chromium browser = Chromium.start(Bearer.adminToken())) {
      for (String path :
          List.of(
              "{job}/logs",
              "{job}",
              "{version}",
              "{version}/openapi.json",
              "/api/v1/algorithms/%3Cscript%3Ealert(1)")) {
        Chromium.Page page = browser.open(server.resolve(fill(path)));
        assertThat(page.title()).as(path).doesNotContain("owned");
        assertThat(page.complaints()).as(path).isEmpty();
      }
      assertThat(browser.open(server.resolve(fill("{job}/logs"))).text()).contains("<script>");
      // The page that does run scripts: its own, and no others.
      Chromium.Page docs = browser.open(server.resolve("/api/docs"));
      assertThat(docs.text()).contains("Launch a training of a version");
      assertThat(docs.complaints()).isEmpty();
      // With an operation open, its schemas and the editor of its body.
      Chromium.Page launch = browser.open(server.resolve("/api/docs/index.html#/Jobs/launchJob"));
      assertThat(launch.text()).contains("Execute");
      assertThat(launch.complaints()).isEmpty();
    }
  }
}
