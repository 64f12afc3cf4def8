package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.byoa.access.Bearer;
import io.byoa.access.Caller;
import io.byoa.access.Role;
import io.byoa.bundle.BundleInspector;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.store.InMemoryObjectStore;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens to uploads that are large, that die on the way, and that somebody alters. */
@QuarkusTest
final class DatasetUploadIT {

  private static final int MEBIBYTE = 1 << 20;

  @Inject DatasetUpload upload;
  @Inject DatasetPushes pushes;
  @Inject DatasetSweep sweep;
  @Inject Datasets datasets;
  @Inject DatasetConfig config;
  @Inject BundleInspector inspector;
  @Inject ObjectStore store;
  @Inject AgroalDataSource database;

  @ConfigProperty(name = "byoa.data")
  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  Path data;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/api/v1/datasets")
  URI address;

  /** So many random bytes, made as they are read; nobody holds them all. */
  private static final class RandomBytes extends InputStream {

    private final Random random;
    private final MessageDigest digester = Sha256.digester();
    private long left;

    RandomBytes(long seed, long size) {
      random = new Random(seed);
      left = size;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      if (left == 0) {
        return -1;
      }
      byte[] piece = new byte[(int) Math.min(Math.min(length, 8192), left)];
      random.nextBytes(piece);
      System.arraycopy(piece, 0, buffer, offset, piece.length);
      digester.update(piece);
      left -= piece.length;
      return piece.length;
    }
  }

  @ParameterizedTest
  @EnumSource
  void streamsALargeFileInAndOut(HttpClient.Version version) throws Exception {
    long size = 64L * MEBIBYTE;
    RandomBytes bytes = new RandomBytes(version.name().hashCode(), size);
    String token = Bearer.token(Role.LAUNCHER);
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      var answer =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "?name=large"))
                  .header("Authorization", "Bearer " + token)
                  .header("Content-Disposition", "attachment; filename=\"large.bin\"")
                  .POST(HttpRequest.BodyPublishers.ofInputStream(() -> bytes))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      Dataset dataset = datasets.resolve(Caller.DEFAULT_TEAM, "dataset:large").orElseThrow();
      assertThat(dataset.size()).isEqualTo(size);
      assertThat(dataset.files().getFirst().object().sha256()).isEqualTo(Sha256.of(bytes.digester));
      var download =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "/large/versions/latest/files/large.bin"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              BodyHandlers.ofInputStream());
      MessageDigest received = Sha256.digester();
      byte[] buffer = new byte[1 << 16];
      try (InputStream body = download.body()) {
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
          received.update(buffer, 0, n);
        }
      }
      assertThat(Sha256.of(received)).isEqualTo(dataset.files().getFirst().object().sha256());
    }
  }

  @ParameterizedTest
  @DisplayName("A15: data that was swapped is never handed out as a whole file")
  @EnumSource
  void neverHandsOutAnAlteredFileAsAWholeOne(HttpClient.Version version) throws Exception {
    store(new RandomBytes(version.name().hashCode(), MEBIBYTE), "altered");
    StoredObject object =
        datasets
            .resolve(Caller.DEFAULT_TEAM, "dataset:altered")
            .orElseThrow()
            .files()
            .getFirst()
            .object();
    Path file = data.resolve("store/objects").resolve(object.key().value());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    byte[] content = Files.readAllBytes(file);
    content[MEBIBYTE / 2] ^= 1;
    Files.write(file, content);
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/altered/versions/latest/files/a.bin"))
              .header("Authorization", "Bearer " + Bearer.token(Role.VIEWER))
              .build();
      assertThatThrownBy(
              () -> {
                var answer = client.send(request, BodyHandlers.ofByteArray());
                throw new AssertionError(answer + " of " + answer.body().length + " bytes");
              })
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void saysSoWhenTheAlteredFileIsSmall() throws Exception {
    store(text("small"), "altered-small");
    StoredObject object =
        datasets
            .resolve(Caller.DEFAULT_TEAM, "dataset:altered-small")
            .orElseThrow()
            .files()
            .getFirst()
            .object();
    Path file = data.resolve("store/objects").resolve(object.key().value());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Files.writeString(file, "SMALL");
    Bearer.admin()
        .get("/api/v1/datasets/altered-small/versions/latest/files/a.bin")
        .then()
        .statusCode(409)
        .contentType("application/problem+json")
        .header("Content-Disposition", nullValue())
        .body("code", equalTo("object-altered"));
  }

  private Manifest store(InputStream content, String name) throws IOException {
    Manifest manifest = unnamed(content);
    pushes.push(caller(), name, manifest);
    return manifest;
  }

  private Manifest unnamed(InputStream content) throws IOException {
    return upload.store(new UploadShape.File("a.bin"), content, -1).manifest();
  }

  private static Caller caller() {
    return new Caller(Caller.DEFAULT_TEAM, "0", "test", Role.LAUNCHER, Set.of(), null);
  }

  private boolean isStored(Manifest manifest) {
    return store.find(Dataset.key(manifest.digest(), "a.bin")).isPresent();
  }

  @Test
  void takesAwayWhatDiedBeforeItGotANameAfterADay() throws Exception {
    Manifest died = unnamed(text("died"));
    Manifest named = store(text("named"), "swept-not");
    sweep.runOnce();
    assertThat(isStored(died)).as("within the day").isTrue();

    age(died, "25 hours");
    age(named, "25 hours");
    assertThat(sweep.runOnce()).isPositive();
    assertThat(isStored(died)).isFalse();
    assertThat(isStored(named)).isTrue();

    // Whoever uploads it again gets it.
    store(text("died"), "risen");
    assertThat(isStored(died)).isTrue();
  }

  @Test
  void anUploadOfWhatIsBeingTakenAwayWaits() throws Exception {
    Manifest going = unnamed(text("going"));
    execute("UPDATE dataset_content SET sweeping = true WHERE digest = ?", going);
    for (ThrowingRunnable attempt :
        new ThrowingRunnable[] {
          () -> unnamed(text("going")), () -> pushes.push(caller(), "going", going)
        }) {
      assertThatThrownBy(attempt::run)
          .isInstanceOfSatisfying(
              FailureException.class,
              e ->
                  assertThat(e.failure())
                      .isInstanceOfSatisfying(
                          Failure.Unavailable.class,
                          failure ->
                              assertThat(failure.code()).isEqualTo("dataset-being-removed")));
    }
    // The sweep that marked it died; another one goes on.
    age(going, "2 hours");
    assertThat(sweep.runOnce()).isPositive();
    store(text("going"), "going");
    assertThat(isStored(going)).isTrue();
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  @Test
  void refusesAnUploadThatTheDiskHasNoRoomFor() {
    InMemoryObjectStore full = new InMemoryObjectStore(InstantSource.system());
    DatasetUpload narrow = new DatasetUpload(config, inspector, full, pushes);
    full.say(100);
    assertThatThrownBy(() -> narrow.store(new UploadShape.File("a"), text("x"), 101))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.InsufficientStorage.class));

    // A body of unknown length is looked after while it comes.
    RandomBytes endless = new RandomBytes(3, 1024L * MEBIBYTE);
    InputStream filling =
        new InputStream() {
          @Override
          public int read() {
            return endless.read();
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            full.say(-1);
            return endless.read(buffer, offset, length);
          }
        };
    assertThatThrownBy(() -> narrow.store(new UploadShape.File("a"), filling, -1))
        .isInstanceOfSatisfying(
            FailureException.class,
            e -> assertThat(e.failure()).isInstanceOf(Failure.InsufficientStorage.class));
    assertThat(endless.left).as("not read to its end").isGreaterThan(900L * MEBIBYTE);
  }

  private static InputStream text(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void age(Manifest manifest, String interval) throws SQLException {
    execute(
        "UPDATE dataset_content SET claimed_at = now() - interval '"
            + interval
            + "'"
            + " WHERE digest = ?",
        manifest);
  }

  private void execute(String sql, Manifest manifest) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, manifest.digest().hex());
      assertThat(statement.executeUpdate()).isOne();
    }
  }
}
