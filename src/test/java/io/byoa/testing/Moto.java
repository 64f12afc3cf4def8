package io.byoa.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An S3 that others have written (moto, from PyPI), started once for all tests of a JVM and gone
 * with it. It keeps everything in memory.
 */
public final class Moto {

  /** The account that owns all buckets. */
  public static final String ACCOUNT = "123456789012";

  /** Where they are. */
  public static final String REGION = "eu-central-1";

  /** Objects on a page of a listing; Amazon's hold 1,000. */
  public static final int PAGE = 7;

  private static final Path RESOURCES = Path.of("src/test/resources/moto");
  private static final Moto ONLY = start();

  private final AtomicInteger buckets = new AtomicInteger();
  private final URI endpoint;
  private final S3Client client;

  private Moto(URI endpoint) {
    this.endpoint = endpoint;
    this.client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.of(REGION))
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("outsider", "secret")))
            .build();
  }

  /** The one of this JVM. */
  public static Moto running() {
    return ONLY;
  }

  private static Moto start() {
    PythonEnvironment python =
        PythonEnvironment.installed("moto", RESOURCES.resolve("requirements.txt"));
    try {
      // It ends with its standard input, whatever ends this JVM.
      ProcessBuilder builder =
          new ProcessBuilder(python.program("python"), RESOURCES.resolve("server.py").toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("MOTO_S3_DEFAULT_MAX_KEYS", Integer.toString(PAGE));
      Process process = builder.start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      BufferedReader output =
          new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
      String port = output.readLine();
      if (port == null) {
        throw new AssertionError("moto does not start; its words are above.");
      }
      return new Moto(URI.create("http://127.0.0.1:" + port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where it answers. */
  public URI endpoint() {
    return endpoint;
  }

  /** A client that knows nothing of our store, as somebody else with access to a bucket would. */
  public S3Client client() {
    return client;
  }

  /** A new, empty bucket. */
  public String bucket() {
    String name = "bucket-" + ProcessHandle.current().pid() + "-" + buckets.incrementAndGet();
    client.createBucket(request ->
        request.bucket(name).createBucketConfiguration(where -> where.locationConstraint(REGION)));
    return name;
  }

  /** What a server is started with to use it, as an operator would set it for Amazon. */
  public Map<String, String> environment() {
    return Map.of(
        "AWS_ENDPOINT_URL",
        endpoint.toString(),
        "AWS_REGION",
        REGION,
        "AWS_ACCESS_KEY_ID",
        "testing",
        "AWS_SECRET_ACCESS_KEY",
        "testing",
        "AWS_EC2_METADATA_DISABLED",
        "true");
  }
}
