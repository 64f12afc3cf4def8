package io.byoa.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.byoa.access.Bearer;
import io.byoa.bundle.ArchiveFormat;
import io.byoa.testing.Code;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class TemplateIT {

  private static final String TEMPLATES = "/api/v1/templates";

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI server;

  @Test
  void listsThem() {
    Bearer.admin()
        .get(TEMPLATES)
        .then()
        .statusCode(200)
        .body("items.language", contains("python", "r"))
        .body("items[1].files", hasItem(".gitlab-ci.yml"))
        .body("items[0].href", equalTo("/api/v1/templates/python"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', */*, ZIP, zip, application/zip",
    "?format=tar.gz, */*, TAR_GZ, tar.gz, application/gzip",
    "?format=zip, application/gzip, ZIP, zip, application/zip",
    "'', application/gzip, TAR_GZ, tar.gz, application/gzip",
    "'', 'text/html,*/*;q=0.8', ZIP, zip, application/zip"
  })
  void sendsTheFormatThatIsAskedFor(
      String query, String accept, ArchiveFormat format, String extension, String type) {
    var answer =
        Bearer.admin()
            .accept(accept)
            .get(TEMPLATES + "/python" + query)
            .then()
            .statusCode(200)
            .contentType(type)
            .header("Content-Disposition", "attachment; filename=\"byoa-python." + extension + "\"")
            .header("Cache-Control", "no-cache")
            .extract();
    assertThat(answer.asByteArray())
        .isEqualTo(TemplateArchive.pack(Template.PYTHON.files(), format));
    Bearer.admin()
        .accept(accept)
        .header("If-None-Match", answer.header("ETag"))
        .get(TEMPLATES + "/python" + query)
        .then()
        .statusCode(304);
  }

  @Test
  void namesTheNearestOfAnUnknownLanguage() {
    Bearer.admin()
        .get(TEMPLATES + "/pyton")
        .then()
        .statusCode(404)
        .body("code", equalTo("template-not-found"))
        .body("detail", containsString("did you mean 'python'?"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PYTHON", "python.zip", "..", "julia"})
  void knowsNoOtherSpelling(String language) {
    assertThat(
            Bearer.admin().urlEncodingEnabled(false).get(TEMPLATES + "/" + language).statusCode())
        .isIn(400, 404);
  }

  @Test
  void refusesAnUnknownFormat() {
    Bearer.admin()
        .get(TEMPLATES + "/r?format=rar")
        .then()
        .statusCode(400)
        .body("errors[0].pointer", equalTo("?format"));
  }

  /** What the pipelines of the templates do with a branch, as their shells do it. */
  @ParameterizedTest
  @CsvSource({
    "PYTHON, .github/workflows/publish.yml, '- name: Check against the registry', bash -e",
    "R, .github/workflows/publish.yml, '- name: Check against the registry', bash -e",
    "PYTHON, .gitlab-ci.yml, check:, sh -e",
    "R, .gitlab-ci.yml, check:, sh -e"
  })
  void aPipelineFailsOnWhatCouldNotBePublished(
      Template template, String file, String step, String shell, @TempDir Path folder)
      throws Exception {
    String pipeline =
        new String(Objects.requireNonNull(template.files().get(file)), StandardCharsets.UTF_8);
    String script = scriptAfter(step, pipeline);
    assertThat(script).contains("dryRun=true");
    String name = "checked-" + template.language();

    Files.write(folder.resolve("code.tar.gz"), Code.of(name, "1.0.0").tarGz());
    assertThat(run(shell, script, folder)).as("a good one").isZero();
    Files.write(
        folder.resolve("code.tar.gz"),
        Code.of(name, "1.0.0").with("entryPoint", "\"missing.py\"").tarGz());
    assertThat(run(shell, script, folder)).as("a wrong descriptor").isEqualTo(1);
    Files.writeString(folder.resolve("code.tar.gz"), "no archive");
    assertThat(run(shell, script, folder)).as("no archive").isEqualTo(1);
  }

  /** The last block scalar of a step. */
  private static String scriptAfter(String step, String pipeline) {
    List<String> lines = pipeline.substring(pipeline.indexOf(step)).lines().toList();
    int begin = 0;
    while (!lines.get(begin).matches("\\s*(run:|-) \\|")) {
      begin++;
    }
    String indent = lines.get(begin + 1).replaceFirst("\\S.*", "");
    return lines.stream()
        .skip(begin + 1L)
        .takeWhile(line -> line.startsWith(indent))
        .map(line -> line.substring(indent.length()))
        .collect(Collectors.joining("\n"));
  }

  private int run(String shell, String script, Path folder) throws Exception {
    List<String> command = new ArrayList<>(List.of(shell.split(" ")));
    command.addAll(List.of("-c", script));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("BYOA_URL", server.toString().replaceAll("/$", ""));
    builder.environment().put("BYOA_TOKEN", Bearer.adminToken());
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("said").toFile());
    return builder.start().waitFor();
  }
}
