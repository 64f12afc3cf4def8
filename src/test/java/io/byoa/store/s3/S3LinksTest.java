package io.byoa.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import io.byoa.testing.HttpProxy;
import io.byoa.testing.HttpProxy.Fate;
import io.byoa.testing.Moto;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/** Links into the bucket, followed as a browser does. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class S3LinksTest {

  private static final ObjectKey KEY = new ObjectKey("jobs/1/model.tar.gz");
  private static final Duration VALIDITY = Duration.ofMinutes(15);

  @TempDir Path folder;
  private final HttpProxy proxy = HttpProxy.before(Moto.running().endpoint());
  private String bucket;
  private S3ObjectStore store;
  private StoredObject stored;

  @BeforeEach
  void store() throws Exception {
    bucket = Moto.running().bucket();
    store = new S3Stores(proxy.endpoint(), bucket, folder).open();
    stored = store.put(KEY, new ByteArrayInputStream("a model".getBytes(UTF_8)));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private URI link(String fileName) {
    return store.link(stored, VALIDITY, fileName).orElseThrow();
  }

  private static HttpResponse<String> follow(URI link) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(HttpRequest.newBuilder(link).build(), BodyHandlers.ofString());
    }
  }

  private void assertAltered() {
    assertThatThrownBy(() -> link("x"))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo("object-altered"));
  }

  private void overwrite(String content) {
    Moto.running()
        .client()
        .putObject(put -> put.bucket(bucket).key(KEY.value()), RequestBody.fromString(content));
  }

  @Test
  void downloadUnderTheNameThatTheBrowserShallUse() throws Exception {
    HttpResponse<String> answer = follow(link("modèle \"1\".tar.gz"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("a model");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .contains(
            "attachment; filename=\"mod_le _1_.tar.gz\";"
                + " filename*=UTF-8''mod%C3%A8le%20%221%22.tar.gz");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/octet-stream");
  }

  @Test
  @DisplayName("A16: a link insists on the owner of the bucket, without a header of the browser's")
  void insistOnTheOwner() throws Exception {
    String query = link("x").getRawQuery();
    assertThat(query)
        .contains("X-Amz-SignedHeaders=host&")
        .contains("X-Amz-Expires=900")
        .contains("x-amz-expected-bucket-owner=" + Moto.ACCOUNT);
    URI stolen = URI.create(link("x").toString().replace(Moto.ACCOUNT, "111111111111"));
    assertThat(follow(stolen).statusCode()).isEqualTo(403);
  }

  @Test
  void areNotMadeForWhatIsNotThere() {
    store.delete(KEY);
    assertThatThrownBy(() -> link("x"))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure().code()).isEqualTo("object-missing"));
  }

  @Test
  @DisplayName("A15: no link is made to an object of another size")
  void areNotMadeForAnotherSize() {
    overwrite("another model");
    assertAltered();
  }

  @Test
  @DisplayName("A15: no link is made to an object that S3 knows to have another digest")
  void areNotMadeForAnotherDigest() {
    String other =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.of("other").hex()));
    proxy.decide(request -> new Fate.PassesWith("x-amz-checksum-sha256: " + other));
    assertAltered();
    String same =
        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(stored.sha256().hex()));
    proxy.decide(request -> new Fate.PassesWith("x-amz-checksum-sha256: " + same));
    assertThat(link("x")).isNotNull();
  }

  @Test
  @DisplayName("A15: where the bucket keeps versions, a link leads to the one that was looked at")
  void leadToTheVersionThatWasLookedAt() throws Exception {
    Moto.running()
        .client()
        .putBucketVersioning(versioning ->
            versioning
                .bucket(bucket)
                .versioningConfiguration(c -> c.status(BucketVersioningStatus.ENABLED)));
    store.delete(KEY);
    stored = store.put(KEY, new ByteArrayInputStream("a model".getBytes(UTF_8)));
    URI link = link("x");
    overwrite("a muddle");
    assertThat(follow(link).body()).isEqualTo("a model");
  }

  @Test
  void areNotMadeWhenTheOperatorWantsNone() {
    S3ObjectStore streaming =
        new S3Stores(proxy.endpoint(), bucket, folder).with("byoa.s3.links", "false").open();
    assertThat(streaming.link(stored, VALIDITY, "x")).isEmpty();
  }
}
