package io.byoa.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Sha256;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.ObjectStoreContract;
import io.byoa.store.StoredObject;
import io.byoa.testing.HttpProxy;
import io.byoa.testing.HttpProxy.Fate;
import io.byoa.testing.Moto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** By way of a proxy that sees every request, so that none goes without the owner. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class S3ObjectStoreTest extends ObjectStoreContract {

  private static final int LARGE = (11 << 20) + 1;

  private final S3Client outsider = Moto.running().client();
  private HttpProxy proxy;
  private String bucket;
  private S3ObjectStore store;

  @BeforeEach
  void open() {
    proxy = HttpProxy.before(Moto.running().endpoint());
    bucket = Moto.running().bucket();
    store = stores().open();
  }

  private S3Stores stores() {
    return new S3Stores(proxy.endpoint(), bucket, folder).inSmallParts();
  }

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void tamper(ObjectKey key, byte[] bytes) {
    // As somebody would who covers the tracks.
    Map<String, String> metadata =
        outsider.headObject(head -> head.bucket(bucket).key(key.value())).metadata();
    outsider.putObject(
        put -> put.bucket(bucket).key(key.value()).metadata(metadata),
        RequestBody.fromBytes(bytes));
  }

  @AfterEach
  void everyRequestInsistedOnTheOwner() {
    proxy.close();
    assertThat(proxy.seen())
        .filteredOn(request -> !request.headers().contains("/sts/aws4_request"))
        .isNotEmpty()
        .allSatisfy(request ->
            assertThat(request.headers())
                .as(request.line())
                .contains("x-amz-expected-bucket-owner: " + Moto.ACCOUNT));
  }

  private Path large() throws IOException {
    byte[] bytes = new byte[LARGE];
    new Random(7).nextBytes(bytes);
    return Files.write(folder.resolve("large"), bytes);
  }

  private long uploadsUnderWay() {
    return outsider.listMultipartUploads(list -> list.bucket(bucket)).uploads().size();
  }

  @Test
  @DisplayName("A16: every call insists on the owner of the bucket, links too")
  void everyCallInsistsOnTheOwner() throws IOException {
    StoredObject stored = put("a/b", "hello");
    StoredObject large = store.move(new ObjectKey("a/large"), large(), Sha256.of(large()));
    store.find(stored.key());
    store.open(stored).close();
    store.openVerified(large).close();
    store.openRange(stored, 1, 2).close();
    assertThat(store.list("")).hasSize(2);
    store.probe();
    store.removeLeftovers();
    assertThat(store.link(stored, Duration.ofMinutes(1), "b").orElseThrow().getQuery())
        .contains("x-amz-expected-bucket-owner=" + Moto.ACCOUNT);
    store.delete(stored.key());
    assertThat(proxy.seen())
        .extracting(HttpProxy.Seen::method)
        .contains("GET", "HEAD", "PUT", "POST", "DELETE");
  }

  @Test
  @DisplayName("A16: a bucket that became another's is not used any more")
  void stopsUsingABucketOfAnotherOwner() throws IOException {
    StoredObject stored = put("a/b", "hello");
    proxy.decide(
        request -> new Fate.Answered(403, "x: y", "<Error><Code>AccessDenied</Code></Error>"));
    assertFails("store-unavailable", () -> put("a/c", "secret"));
    assertFails("store-unavailable", () -> store.open(stored));
    assertFails("store-unavailable", () -> store.find(stored.key()));
    assertFails("store-unavailable", store::probe);
  }

  @Test
  void keepsTheDigestWithTheObject() throws IOException {
    put("a/b", "hello");
    assertThat(outsider.headObject(head -> head.bucket(bucket).key("a/b")).metadata())
        .containsEntry("byoa-sha256", Sha256.of("hello").hex());
    assertThat(stores().open().find(new ObjectKey("a/b")).orElseThrow().sha256())
        .isEqualTo(Sha256.of("hello"));
  }

  @Test
  void readsTheDigestOfWhatOthersPutThere() {
    outsider.putObject(put -> put.bucket(bucket).key("a/b"), RequestBody.fromString("hello"));
    assertThat(store.find(new ObjectKey("a/b")))
        .contains(new StoredObject(new ObjectKey("a/b"), 5, Sha256.of("hello")));
  }

  @Test
  void sendsWhatIsLargeInParts() throws IOException {
    Path source = large();
    Sha256 sha256 = Sha256.of(source);
    StoredObject stored = store.move(KEY, source, sha256);
    assertThat(stored).isEqualTo(new StoredObject(KEY, LARGE, sha256));
    assertThat(source).doesNotExist();
    assertThat(proxy.seen()).filteredOn(seen -> seen.target().contains("partNumber=")).hasSize(3);
    assertThat(store.find(KEY)).contains(stored);
    try (InputStream content = store.openVerified(stored)) {
      assertThat(content).hasSameContentAs(Files.newInputStream(large()));
    }
    // Again: nothing is sent.
    int before = proxy.seen().size();
    assertThat(store.move(KEY, large(), sha256)).isEqualTo(stored);
    assertThat(proxy.seen().subList(before, proxy.seen().size()))
        .noneMatch(seen -> seen.target().contains("upload"));
    assertThat(uploadsUnderWay()).isZero();
  }

  @Test
  void spoolsALargeStreamAndLeavesNothingOfIt() throws IOException {
    try (InputStream content = Files.newInputStream(large())) {
      assertThat(store.put(KEY, content).sha256()).isEqualTo(Sha256.of(large()));
    }
    assertThat(folder.resolve("spool")).isEmptyDirectory();
  }

  @Test
  void refusesALargeObjectThatAnotherWasQuickerWith() throws IOException {
    AtomicBoolean quicker = new AtomicBoolean();
    proxy.decide(request -> {
      if (request.target().contains("partNumber=3") && !quicker.getAndSet(true)) {
        outsider.putObject(
            put -> put.bucket(bucket).key(KEY.value()), RequestBody.fromString("other"));
      }
      return new Fate.Passes();
    });
    Path source = large();
    assertFails("object-exists", () -> store.move(KEY, source, Sha256.of(source)));
    assertThat(source).exists();
    assertThat(store.find(KEY)).hasValueSatisfying(there -> assertThat(there.size()).isEqualTo(5));
    assertThat(uploadsUnderWay()).isZero();
  }

  @Test
  void refusesToMoveBytesThatAreNotThose() throws IOException {
    Path source = Files.writeString(folder.resolve("source"), "hello");
    assertFails("object-altered", () -> store.move(KEY, source, Sha256.of("other")));
    assertThat(store.find(KEY)).isEmpty();
    assertThat(source).exists();
  }

  @Test
  void takesItsOwnWorkForDoneWhenTheAnswerIsLost() throws IOException {
    AtomicBoolean lost = new AtomicBoolean();
    proxy.decide(request ->
        request.method().equals("PUT") && !lost.getAndSet(true)
            ? new Fate.DoneThenReset()
            : new Fate.Passes());
    assertThat(put("a/b", "hello").sha256()).isEqualTo(Sha256.of("hello"));
    assertThat(lost).isTrue();
  }

  @Test
  void keepsToItsFolderOfTheBucket() throws IOException {
    outsider.putObject(put -> put.bucket(bucket).key("theirs"), RequestBody.fromString("x"));
    outsider.putObject(put -> put.bucket(bucket).key("our/folder/"), RequestBody.empty());
    S3ObjectStore below = stores().with("byoa.s3.prefix", "/our/folder/").open();
    StoredObject stored = below.put(new ObjectKey("a/b"), stream("hello"));
    assertThat(outsider.headObject(head -> head.bucket(bucket).key("our/folder/a/b")).metadata())
        .isNotEmpty();
    assertThat(below.list("").map(ListedObject::key)).containsExactly(stored.key());
    assertThat(below.find(new ObjectKey("theirs"))).isEmpty();
    String longest =
        Stream.generate(() -> "x".repeat(101)).limit(10).reduce("y", (a, b) -> a + "/" + b);
    assertFails("path-too-long", () -> below.put(new ObjectKey(longest), stream("x")));
  }

  @Test
  void listsPageByPage() {
    int objects = 2 * Moto.PAGE + 1;
    IntStream.range(0, objects)
        .forEach(i ->
            outsider.putObject(
                put -> put.bucket(bucket).key("a/" + i), RequestBody.fromString("x")));
    try (Stream<ListedObject> all = store.list("a/")) {
      assertThat(all).hasSize(objects);
    }
  }

  @Test
  void encryptsWithTheOperatorsKey() throws IOException {
    S3ObjectStore encrypting = stores().with("byoa.s3.kms-key", "alias/ours").open();
    encrypting.put(new ObjectKey("a/b"), stream("hello"));
    encrypting.move(KEY, large(), Sha256.of(large()));
    assertThat(proxy.seen())
        .filteredOn(seen -> seen.headers().contains("aws-kms-key-id: alias/ours"))
        .extracting(HttpProxy.Seen::method)
        .containsExactly("PUT", "POST");
  }

  @Test
  void removesUploadsThatDiedADayAgo() {
    outsider.createMultipartUpload(upload -> upload.bucket(bucket).key("our/a"));
    outsider.createMultipartUpload(upload -> upload.bucket(bucket).key("theirs"));
    // When moto says that every upload began.
    Instant began = Instant.parse("2010-11-10T20:48:33Z");
    S3Stores ours = stores().with("byoa.s3.prefix", "our");
    assertThat(ours.at(() -> began.plus(Duration.ofHours(23))).open().removeLeftovers()).isZero();
    assertThat(ours.at(() -> began.plus(Duration.ofHours(25))).open().removeLeftovers())
        .isEqualTo(1);
    assertThat(outsider.listMultipartUploads(list -> list.bucket(bucket)).uploads())
        .singleElement()
        .satisfies(left -> assertThat(left.key()).isEqualTo("theirs"));
  }

  @Test
  @DisplayName("A15: what is verified is what is handed out, whatever happens to the bucket since")
  void handsOutTheVerifiedBytes() throws IOException {
    StoredObject stored = put(KEY.value(), "benign code");
    try (InputStream content = store.openVerified(stored)) {
      tamper(KEY, "hostile cod".getBytes(UTF_8));
      assertThat(content).hasContent("benign code");
    }
  }
}
