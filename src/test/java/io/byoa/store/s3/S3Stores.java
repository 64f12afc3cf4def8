package io.byoa.store.s3;

import io.byoa.common.aws.Aws;
import io.byoa.common.aws.AwsConfig;
import io.byoa.testing.Mapped;
import io.byoa.testing.Moto;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Stores of tests, made from settings as the application makes its own. */
final class S3Stores {

  private static final AtomicInteger IDS = new AtomicInteger();

  private final Map<String, String> settings = new HashMap<>();
  private InstantSource time = Clock.systemUTC();
  private Function<S3Calls, S3Parts> parts = S3Parts::of;

  static {
    // The SDK looks for credentials in system properties first; those of this machine are not ours.
    System.setProperty("aws.accessKeyId", "testing");
    System.setProperty("aws.secretAccessKey", "testing");
  }

  /** In this bucket, by way of this endpoint. */
  S3Stores(URI endpoint, String bucket, Path folder) {
    with("byoa.aws.endpoint", endpoint.toString());
    with("byoa.aws.region", Moto.REGION);
    with("byoa.aws.timeout", "5s");
    with("byoa.s3.bucket", bucket);
    with("byoa.s3.spool", folder.resolve("spool").toString());
    with("byoa.s3.keep-free", "0");
  }

  S3Stores with(String property, String value) {
    settings.put(property, value);
    return this;
  }

  S3Stores at(InstantSource now) {
    time = now;
    return this;
  }

  /** Parts as small as S3 takes them (5 MiB), from there on. */
  S3Stores inSmallParts() {
    parts = calls -> new S3Parts(calls, 5 << 20, 5 << 20);
    return this;
  }

  S3ObjectStore open() {
    return new S3ObjectStore(
        Mapped.of(S3Config.class, settings),
        new Aws(Mapped.of(AwsConfig.class, settings)),
        time,
        () -> "T" + IDS.incrementAndGet(),
        parts);
  }
}
