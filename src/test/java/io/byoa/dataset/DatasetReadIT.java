package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Caller;
import io.byoa.store.ObjectStore;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code GET /datasets} and what is below: names, versions, and what a reference means. */
@QuarkusTest
final class DatasetReadIT extends DatasetRequests {

  @Inject ObjectStore store;
  @Inject Datasets datasets;

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
}
