package io.byoa.store.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import io.byoa.testing.HttpProxy;
import io.byoa.testing.HttpProxy.Fate;
import io.byoa.testing.Moto;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers hear when S3, or the way to it, does not do its work: soon, and always the same. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class S3FaultsTest {

  private static final ObjectKey KEY = new ObjectKey("a/b");
  private static final int SIZE = 200_000;
  private static final Duration SOON = Duration.ofSeconds(10);

  @TempDir Path folder;
  private final HttpProxy proxy = HttpProxy.before(Moto.running().endpoint());
  private S3ObjectStore store;
  private StoredObject stored;

  @BeforeEach
  void store() throws Exception {
    store =
        new S3Stores(proxy.endpoint(), Moto.running().bucket(), folder)
            .with("byoa.aws.timeout", "400ms")
            .inSmallParts()
            .open();
    stored = store.put(KEY, new ByteArrayInputStream(new byte[SIZE]));
  }

  @AfterEach
  void close() {
    proxy.close();
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertTimeoutPreemptively(
        SOON,
        () ->
            assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                    FailureException.class,
                    e -> {
                      assertThat(e.failure().code()).isEqualTo("store-unavailable");
                      assertThat(e).hasMessageContaining("s3://bucket-");
                      assertThat(e.failure().detail()).doesNotContain("bucket-", "127.0.0.1");
                    }));
  }

  private static Fate slowDown() {
    return new Fate.Answered(
        503,
        "x: y",
        "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>");
  }

  private static Fate internalError() {
    return new Fate.Answered(500, "x: y", "<Error><Code>InternalError</Code></Error>");
  }

  static Stream<Fate> troubles() {
    return Stream.of(
        internalError(),
        new Fate.Answered(403, "x: y", "<Error><Code>AccessDenied</Code></Error>"),
        new Fate.Answered(404, "x: y", "<Error><Code>NoSuchBucket</Code></Error>"),
        new Fate.Answered(200, "x: y", "no XML"),
        new Fate.DoneThenReset());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void everyWriteAndListingFailsAsThePortSays(Fate trouble) throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[6 << 20]);
    Sha256 sha256 = Sha256.of(large);
    proxy.decide(request -> trouble);
    assertUnavailable(() -> store.put(new ObjectKey("a/c"), new ByteArrayInputStream(new byte[1])));
    assertUnavailable(() -> store.move(new ObjectKey("a/large"), large, sha256));
    assertThat(large).exists();
    assertUnavailable(() -> {
      try (Stream<ListedObject> all = store.list("")) {
        all.toList();
      }
    });
    assertUnavailable(() -> store.removeLeftovers());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void everyReadFailsAsThePortSays(Fate trouble) {
    if (trouble instanceof Fate.Answered(int status, String _, String _) && status == 200) {
      return; // The bytes of another object; the contract's tests have it.
    }
    proxy.decide(request -> trouble);
    assertUnavailable(() -> store.open(stored));
    assertUnavailable(() -> store.openVerified(stored));
    assertUnavailable(() -> store.openRange(stored, 1, 2));
    if (!(trouble instanceof Fate.Answered(int status, String _, String _) && status == 404)) {
      // An answer to HEAD has no body, and says of a missing bucket what it says of an object.
      assertUnavailable(() -> store.find(KEY));
      assertUnavailable(() -> store.delete(KEY));
      assertUnavailable(() -> store.link(stored, Duration.ofMinutes(1), "x"));
    }
    assertUnavailable(() -> store.probe());
  }

  @Test
  void throttlingIsATroubleLikeOthers() {
    proxy.decide(request -> slowDown());
    assertUnavailable(() -> store.put(new ObjectKey("a/c"), new ByteArrayInputStream(new byte[1])));
  }

  @Test
  void aSlowBodyMayTakeLongerThanACall() throws IOException {
    proxy.decide(request -> new Fate.Trickles(Duration.ofMillis(150)));
    try (InputStream content = store.open(stored)) {
      assertThat(content.readAllBytes()).hasSize(SIZE);
    }
  }

  @Test
  void nothingHangsWhenNoAnswerComes() {
    proxy.decide(request -> new Fate.Hangs());
    assertUnavailable(() -> store.put(new ObjectKey("a/c"), new ByteArrayInputStream(new byte[1])));
    assertUnavailable(() -> store.openVerified(stored));
    assertUnavailable(() -> store.probe());
  }

  @Test
  void tellsWhenTheBodyBreaksOff() {
    proxy.decide(request -> new Fate.Breaks(SIZE / 2));
    assertUnavailable(() -> store.open(stored).readAllBytes());
    assertUnavailable(() -> store.openVerified(stored));
    assertUnavailable(() -> store.openRange(stored, 1, SIZE - 1).readAllBytes());
  }

  @Test
  void tellsWhenTheBodyStopsComing() {
    proxy.decide(request -> new Fate.Stalls(SIZE / 2));
    assertUnavailable(() -> store.open(stored).readAllBytes());
    assertUnavailable(() -> store.openVerified(stored));
  }

  @Test
  void tellsWhenALaterPageOfAListingIsMissing() throws IOException {
    for (int i = 0; i <= Moto.PAGE; i++) {
      store.put(new ObjectKey("pages/" + i), new ByteArrayInputStream(new byte[1]));
    }
    proxy.decide(request ->
        request.target().contains("continuation-token") ? internalError() : new Fate.Passes());
    assertUnavailable(() -> store.list("pages/").toList());
  }

  @Test
  void triesAgainByItselfWhatFailsOnce() throws IOException {
    AtomicInteger requests = new AtomicInteger();
    proxy.decide(
        request -> requests.getAndIncrement() % 2 == 0 ? internalError() : new Fate.Passes());
    StoredObject second =
        store.put(new ObjectKey("a/c"), new ByteArrayInputStream("x".getBytes(UTF_8)));
    try (InputStream content = store.openVerified(second)) {
      assertThat(content).hasContent("x");
    }
  }

  @Test
  void leavesNoPartsBehindWhenOneCannotBeSent() throws IOException {
    Path large = Files.write(folder.resolve("large"), new byte[12 << 20]);
    Sha256 sha256 = Sha256.of(large);
    proxy.decide(
        request -> request.target().contains("partNumber=2") ? internalError() : new Fate.Passes());
    assertUnavailable(() -> store.move(new ObjectKey("a/large"), large, sha256));
    assertThat(large).exists();
    assertThat(store.find(new ObjectKey("a/large"))).isEmpty();
    assertThat(proxy.seen().getLast().method()).isEqualTo("HEAD");
    assertThat(proxy.seen())
        .filteredOn(seen -> seen.method().equals("DELETE"))
        .singleElement()
        .satisfies(seen -> assertThat(seen.target()).contains("uploadId="));
  }

  @Test
  void dropsTheConnectionOfAReaderThatStops() throws IOException {
    InputStream content = store.open(stored);
    assertThat(content.readNBytes(10)).hasSize(10);
    assertTimeoutPreemptively(SOON, content::close);
  }
}
