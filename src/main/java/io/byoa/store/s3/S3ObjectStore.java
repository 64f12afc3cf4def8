package io.byoa.store.s3;

import io.byoa.common.IdSource;
import io.byoa.common.Sha256;
import io.byoa.common.aws.Aws;
import io.byoa.store.ListedObject;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Objects under {@code <prefix>/<key>} of a bucket, each with its SHA-256 in its metadata: it is
 * known before the first byte is sent, so there is no moment in which an object has none.
 *
 * <p>What the metadata says is believed where it only answers which object is there; whoever reads
 * is handed bytes that were digested here.
 */
final class S3ObjectStore implements ObjectStore {

  private static final Logger LOG = Logger.getLogger(S3ObjectStore.class);

  private final S3Calls calls;
  private final Spool spool;
  private final S3Upload upload;
  private final S3Reading reading;
  private final S3Listing listing;
  private final S3Leftovers leftovers;
  private final Optional<S3Links> links;

  /**
   * Looks for the bucket.
   *
   * @param partsOf how large files are cut
   * @throws io.byoa.common.StartRefused when it cannot be used
   */
  S3ObjectStore(
      S3Config config,
      Aws aws,
      InstantSource time,
      IdSource ids,
      Function<S3Calls, S3Parts> partsOf) {
    spool = Spool.in(config.spool(), config.keepFree().asLongValue(), ids);
    S3Bucket bucket = S3Start.bucket(config, aws);
    S3Client client =
        aws.client(S3Client.builder(), new ExpectedOwner(bucket.owner()))
            .forcePathStyle(config.pathStyle())
            // What is read is digested here anyway.
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .build();
    S3Start.requireUsable(client, bucket, aws);
    calls = new S3Calls(client, bucket, new S3Failures(bucket.place()), aws.timeout());
    S3Parts parts = partsOf.apply(calls);
    reading = new S3Reading(calls, spool);
    upload =
        new S3Upload(
            calls, new S3Folders(calls), parts, config.kmsKey().orElse(null), reading::find);
    listing = new S3Listing(calls);
    leftovers = new S3Leftovers(calls, parts, time);
    links =
        config.links() ? Optional.of(new S3Links(calls, presigner(config, aws))) : Optional.empty();
    LOG.infof("The store is %s, owned by the account %s.", bucket.place(), bucket.owner());
  }

  private static S3Presigner presigner(S3Config config, Aws aws) {
    S3Presigner.Builder presigner =
        S3Presigner.builder()
            .region(aws.region())
            .credentialsProvider(aws.credentials())
            .serviceConfiguration(
                S3Configuration.builder().pathStyleAccessEnabled(config.pathStyle()).build());
    aws.endpoint().ifPresent(presigner::endpointOverride);
    return presigner.build();
  }

  @Override
  public StoredObject put(ObjectKey key, InputStream content) throws IOException {
    try (Content taken = spool.take(content)) {
      return upload.store(key, taken);
    }
  }

  @Override
  public StoredObject put(ObjectKey key, Path source) throws IOException {
    try (Content content = Content.of(source)) {
      return upload.store(key, content);
    }
  }

  @Override
  public StoredObject move(ObjectKey key, Path source, Sha256 sha256) {
    try (Content content = Content.of(source)) {
      if (!content.sha256().equals(sha256)) {
        throw StoreFailures.altered(
            new StoredObject(key, content.size(), sha256),
            "the same size with " + content.sha256());
      }
      StoredObject stored = upload.store(key, content);
      Files.deleteIfExists(source);
      return stored;
    } catch (IOException e) {
      LOG.errorf(e, "The file %s cannot be moved to the store.", source);
      throw StoreFailures.unavailable(source.toString(), e);
    }
  }

  @Override
  public Optional<StoredObject> find(ObjectKey key) {
    return reading.find(key);
  }

  @Override
  public InputStream openVerified(StoredObject object) {
    return reading.openVerified(object);
  }

  @Override
  public InputStream open(StoredObject object) {
    return reading.open(object);
  }

  @Override
  public InputStream openRange(StoredObject object, long offset, long length) {
    return reading.openRange(object, offset, length);
  }

  @Override
  public Stream<ListedObject> list(String prefix) {
    return listing.below(prefix);
  }

  @Override
  public boolean delete(ObjectKey key) {
    String name = calls.bucket().key(key);
    if (calls.head(name).isEmpty()) {
      return false; // S3 itself does not say whether there was one.
    }
    calls
        .failures()
        .translated(() ->
            calls
                .client()
                .deleteObject(request -> request.bucket(calls.bucket().name()).key(name)));
    return true;
  }

  @Override
  public Optional<URI> link(StoredObject object, Duration validity, String fileName) {
    return links.map(making -> making.of(object, validity, fileName));
  }

  @Override
  public void probe() {
    calls
        .failures()
        .translated(
            () -> calls.client().headBucket(request -> request.bucket(calls.bucket().name())));
  }

  @Override
  public OptionalLong freeBytes() {
    return OptionalLong.empty();
  }

  @Override
  public int removeLeftovers() {
    return leftovers.remove();
  }
}
