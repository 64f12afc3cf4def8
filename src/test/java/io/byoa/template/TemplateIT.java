package io.byoa.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.byoa.access.Bearer;
import io.byoa.bundle.ArchiveFormat;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
final class TemplateIT {

  private static final String TEMPLATES = "/api/v1/templates";

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
}
