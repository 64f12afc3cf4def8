package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;

import io.byoa.common.Sha256;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code GET …/files/{path}}: one file of a dataset, downloaded. */
@QuarkusTest
final class DatasetFileIT extends DatasetRequests {

  @ParameterizedTest
  @DisplayName("A6: a path of a dataset leads nowhere else")
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
}
