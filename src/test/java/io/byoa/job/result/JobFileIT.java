package io.byoa.job.result;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.engine.FileList;
import io.byoa.engine.Outputs;
import io.byoa.job.WrittenJobs;
import io.byoa.job.lifecycle.JobStatus;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of what a job left, on a job whose end is written straight into the tables. */
@QuarkusTest
final class JobFileIT {

  private static final byte[] LARGE = new byte[3 << 20];
  private static final String NASTY = "sub/<img onerror=x> é;#%.html";

  static {
    new Random(7).nextBytes(LARGE);
  }

  private static @Nullable String token;
  private static @Nullable String finished;

  @SuppressWarnings("NullAway.Init") // filled by JUnit
  @TempDir
  Path folder;

  @Inject WrittenJobs written;
  @Inject InstantSource time;
  @Inject ObjectStore store;
  @Inject IdSource ids;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI address;

  @BeforeEach
  void leaveAResult() throws IOException {
    if (finished == null) {
      token = Bearer.token(Role.VIEWER);
      finished = job(JobStatus.COMPLETED, outputs(ids.next()));
    }
  }

  private static RequestSpecification asViewer() {
    return Bearer.with(Objects.requireNonNull(token)).urlEncodingEnabled(false);
  }

  private static String file(String path) {
    return "/api/v1/jobs/" + finished + "/files/" + path;
  }

  private Outputs outputs(String folder) throws IOException {
    SortedMap<String, byte[]> model = new TreeMap<>();
    model.put("model.json", "{}".getBytes(StandardCharsets.UTF_8));
    model.put("weights.bin", LARGE);
    SortedMap<String, byte[]> data = new TreeMap<>();
    data.put(NASTY, "<script>".getBytes(StandardCharsets.UTF_8));
    data.put("empty.txt", new byte[0]);
    return new Outputs(
        archive(folder, "model.tar.gz", model), archive(folder, "output.tar.gz", data), null);
  }

  private Outputs.Archive archive(String folder, String name, SortedMap<String, byte[]> files)
      throws IOException {
    List<Outputs.Member> members = new ArrayList<>();
    files.forEach((path, content) ->
        members.add(new Outputs.Member(path, content.length, Sha256.of(content))));
    StoredObject object =
        store.put(
            ObjectKey.of("jobs", folder, "1/output", name), new ByteArrayInputStream(tarGz(files)));
    return new Outputs.Archive(object, members);
  }

  private static byte[] tarGz(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GZIPOutputStream(out), StandardCharsets.UTF_8.name())) {
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return out.toByteArray();
  }

  private String job(JobStatus status, @Nullable Outputs outputs) {
    return written.write(status, time.instant(), outputs);
  }

  @Test
  void everyFileOfTheResultDownloadsAsTheResultSays() {
    var result = asViewer().get("/api/v1/jobs/" + finished + "/result").then().statusCode(200);
    List<Map<String, Object>> files = new ArrayList<>(result.extract().path("files"));
    files.add(result.extract().path("model"));
    files.add(result.extract().path("output"));
    assertThat(files).hasSize(6);
    for (Map<String, Object> file : files) {
      byte[] content =
          asViewer()
              .get((String) Objects.requireNonNull(file.get("href")))
              .then()
              .statusCode(200)
              .header("ETag", "\"" + file.get("sha256") + "\"")
              .header("Content-Length", String.valueOf(file.get("size")))
              .extract()
              .asByteArray();
      assertThat(Sha256.of(content).hex()).isEqualTo(file.get("sha256"));
    }
  }

  @Test
  void aResultOfManyFilesIsAsOneOfFew() throws IOException {
    int many = 5_000;
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < many; i++) {
      files.put("file-" + (10_000 + i), Integer.toString(i).getBytes(StandardCharsets.UTF_8));
    }
    String id = ids.next();
    Outputs.Archive few = archive(id, "model.tar.gz", files);
    FileList list = new FileList(folder.resolve("list"));
    try (list) {
      for (Outputs.Member member : few.members()) {
        list.add(member);
      }
    }
    StoredObject stored =
        store.move(new ObjectKey(few.object().key() + FileList.SUFFIX), list.file(), list.sha256());
    Outputs.Archive model = new Outputs.Archive(few.object(), List.of(), stored);
    String job = job(JobStatus.COMPLETED, new Outputs(model, null, null));

    List<Map<String, Object>> listed =
        asViewer()
            .get("/api/v1/jobs/" + job + "/result")
            .then()
            .statusCode(200)
            .extract()
            .path("files");
    assertThat(listed).hasSize(many);
    assertThat(listed.get(4_321))
        .containsEntry("path", "model/file-14321")
        .containsEntry("size", 4)
        .containsEntry("sha256", Sha256.of("4321").hex())
        .containsEntry("href", "/api/v1/jobs/" + job + "/files/model/file-14321");
    String path = "/api/v1/jobs/" + job + "/files/model/";
    asViewer().get(path + "file-14321").then().statusCode(200).body(equalTo("4321"));
    asViewer()
        .get(path + "fiel-10001")
        .then()
        .statusCode(404)
        .body("detail", containsString("did you mean 'model/file-10001'?"));
    asViewer().get("/api/v1/jobs/" + job).then().statusCode(200);

    // Without its list nothing of it is told, and the answer is a problem and no half result.
    store.delete(stored.key());
    asViewer().get("/api/v1/jobs/" + job + "/result").then().statusCode(404);
    asViewer().get(path + "file-14321").then().statusCode(404);
    asViewer().get("/api/v1/jobs/" + job + "/files/model.tar.gz").then().statusCode(200);
  }

  @Test
  @DisplayName("A11: what a program left is inert in a browser")
  void whatAProgramLeftIsInertInABrowser() {
    asViewer()
        .get(file("output/sub/%3Cimg%20onerror=x%3E%20%C3%A9%3B%23%25.html"))
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("X-Content-Type-Options", "nosniff")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .header(
            "Content-Disposition",
            "attachment; filename=\"<img onerror=x> _;#_.html\";"
                + " filename*=UTF-8''%3Cimg%20onerror%3Dx%3E%20%C3%A9%3B%23%25.html")
        .body(equalTo("<script>"));
  }

  @Test
  void anArchiveIsSentInPartsAndAMemberAsAWhole() {
    byte[] whole = asViewer().get(file("model.tar.gz")).then().extract().asByteArray();
    byte[] part =
        asViewer()
            .header("Range", "bytes=100-299")
            .get(file("model.tar.gz"))
            .then()
            .statusCode(206)
            .extract()
            .asByteArray();
    assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(whole, 100, 300));
    asViewer()
        .header("Range", "bytes=1-")
        .get(file("model/model.json"))
        .then()
        .statusCode(200)
        .header("Accept-Ranges", "none")
        .body(equalTo("{}"));
    asViewer()
        .header("If-None-Match", "\"" + Sha256.of("{}") + "\"")
        .get(file("model/model.json"))
        .then()
        .statusCode(304);
  }

  @ParameterizedTest
  @DisplayName("A6: a path of a result leads nowhere else")
  @ValueSource(
      strings = {
        "model/../../../etc/passwd",
        "model/%2e%2e/x",
        "output/..%2fx",
        "%2fetc/passwd",
        "model",
        "model/",
        "Model.tar.gz",
        "model/weights.bin/x",
        "output/model.json",
        "packages.txt",
        "model/%5c..%5cx"
      })
  void aPathLeadsNowhereElse(String path) {
    assertThat(asViewer().get(file(path)).statusCode()).isIn(400, 404);
  }

  @Test
  void namesTheNearestFile() {
    asViewer()
        .get(file("model/wieghts.bin"))
        .then()
        .statusCode(404)
        .body("code", equalTo("file-not-found"))
        .body("detail", containsString("did you mean 'model/weights.bin'?"));
  }

  @Test
  void aJobThatHasNotEndedHasNoFilesYet() {
    String running = job(JobStatus.IN_PROGRESS, null);
    asViewer()
        .get("/api/v1/jobs/" + running + "/files/model.tar.gz")
        .then()
        .statusCode(409)
        .header("Retry-After", "5")
        .body("code", equalTo("job-not-finished"));
    String empty = job(JobStatus.FAILED, null);
    asViewer().get("/api/v1/jobs/" + empty + "/files/model.tar.gz").then().statusCode(404);
    asViewer().get("/api/v1/jobs/no-such/files/model.tar.gz").then().statusCode(404);
    given().get(file("model.tar.gz")).then().statusCode(401);
  }

  @ParameterizedTest
  @DisplayName("A15: a result whose bytes were swapped is never handed out as a whole one")
  @EnumSource
  void neverHandsOutAnAlteredMemberAsAWholeOne(HttpClient.Version version) throws Exception {
    String folder = ids.next();
    SortedMap<String, byte[]> other = new TreeMap<>();
    other.put("weights.bin", new byte[LARGE.length]);
    Outputs.Archive swapped = archive(folder, "model.tar.gz", other);
    Outputs.Member claimed = new Outputs.Member("weights.bin", LARGE.length, Sha256.of(LARGE));
    Outputs.Member missing = new Outputs.Member("gone.bin", 1, Sha256.of("x"));
    String job =
        job(
            JobStatus.COMPLETED,
            new Outputs(
                new Outputs.Archive(swapped.object(), List.of(claimed, missing)), null, null));
    String files = "/api/v1/jobs/" + job + "/files/model/";
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(address.resolve(files + "weights.bin"))
              .header("Authorization", "Bearer " + token)
              .build();
      assertThatThrownBy(
              () -> {
                var answer = client.send(request, BodyHandlers.ofByteArray());
                throw new AssertionError(answer + " of " + answer.body().length + " bytes");
              })
          .isInstanceOf(IOException.class);
    }
    asViewer()
        .get(files + "gone.bin")
        .then()
        .statusCode(409)
        .body("code", equalTo("object-altered"));
  }
}
