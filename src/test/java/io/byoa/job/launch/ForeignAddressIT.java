package io.byoa.job.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

import io.byoa.job.Jobs;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack A7: addresses that would make the server fetch something for the attacker. A listener on
 * this machine stands for what they point at, and nobody may ever knock there.
 */
@QuarkusTest
final class ForeignAddressIT {

  private static final Code CODE =
      Code.of("addresses", "1.0.0").with("channels", "[{\"name\": \"training\"}]");
  private static @Nullable ServerSocket listener;

  @BeforeEach
  void listen() throws IOException {
    if (listener == null) {
      listener = new ServerSocket(0, 50, InetAddress.getByName("0.0.0.0"));
      listener.setSoTimeout(20);
      CODE.published();
    }
  }

  @AfterAll
  static void close() throws IOException {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  private static ServerSocket listener() {
    return java.util.Objects.requireNonNull(listener);
  }

  private static void nobodyKnocked() throws IOException {
    try (var connection = listener().accept()) {
      throw new AssertionError("Somebody came from " + connection.getRemoteSocketAddress());
    } catch (SocketTimeoutException expected) {
      assertThat(expected).isNotNull();
    }
  }

  @ParameterizedTest
  @DisplayName("A7: inputs at foreign addresses are refused and no packet leaves")
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/x",
        "https://127.0.0.1:PORT/x",
        "http://localhost:PORT/",
        "http://user:secret@127.0.0.1:PORT/",
        "http://0.0.0.0:PORT/",
        "http://[::ffff:127.0.0.1]:PORT/",
        "http://2130706433:PORT/",
        "http://127.0.0.1.nip.example:PORT/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[fd00:ec2::254]/latest/meta-data/",
        "http://metadata.google.internal/",
        "ftp://127.0.0.1:PORT/x",
        "gopher://127.0.0.1:PORT/_x",
        "jar:http://127.0.0.1:PORT/x!/",
        "ldap://127.0.0.1:PORT/x",
        "data:text/csv,1",
        "//127.0.0.1:PORT/x",
        "/etc/passwd",
        "HTTP://127.0.0.1:PORT/",
        " http://127.0.0.1:PORT/",
        "dataset:http://127.0.0.1:PORT/",
        "dataset:x@http://127.0.0.1:PORT/",
        "dataset:../x",
        "dataset:x#y",
        "dataset:x?y",
        "dataset:",
        "DATASET:x",
        "s3://127.0.0.1:PORT/x/",
        "s3://169.254.169.254/latest/",
        "s3://user:secret@bucket/x/",
        "s3://user@127.0.0.1:PORT/x/",
        "s3://bucket/x/#fragment",
        "s3://bucket/x/?versionId=1",
        "s3://bucket\\\\@127.0.0.1/x/",
        "s3://Bucket/x/",
        "s3://a..b/x/",
        "s3:///x/",
        "s3://",
        "s3a://bucket/x/",
        "file:///etc/passwd",
        "file:/etc/passwd",
        "file://127.0.0.1/etc/passwd",
        "file://127.0.0.1:PORT/share",
        "file:///etc/passwd#x",
        "file:///etc/passwd?x",
        "file:etc/passwd",
        "file:///proc/self/environ",
        "file:////127.0.0.1/share",
        "file:///%2e%2e/etc/passwd",
        ""
      })
  void refusesInputsElsewhere(String uri) throws IOException {
    String address = uri.replace("PORT", Integer.toString(listener().getLocalPort()));
    for (String input :
        List.of("\"" + address + "\"", "{\"uri\": \"" + address + "\", \"inputMode\": \"Pipe\"}")) {
      for (String query : List.of("?dryRun=true", "")) {
        Jobs.launch(CODE, query, "{\"inputs\": {\"training\": " + input + "}}")
            .statusCode(422)
            .body("code", equalTo("launch-invalid"))
            .body("errors.size()", equalTo(1))
            .body("errors[0].pointer", equalTo("/inputs/training"));
      }
    }
    if (uri.contains("PORT")) {
      nobodyKnocked();
    }
  }

  @Test
  @DisplayName("A7: addresses that publishers write down are kept and never visited")
  void visitsNoAddressThatAPublisherWritesDown() throws IOException {
    String here = "http://127.0.0.1:" + listener().getLocalPort();
    Code.of("addresses-said", "1.0.0")
        .with("$schema", "\"" + here + "/schema.json\"")
        .with("description", "\"See " + here + "/doc and ![](" + here + "/image.png)\"")
        .put(
            "?sourceRepository=%s/x.git&sourceRevision=main&pipelineUrl=%s/run/1"
                .formatted(here, here))
        .statusCode(oneOf(201, 422));
    for (String reference : List.of("$ref", "$dynamicRef", "$id", "$schema")) {
      Code.of("addresses-referred", "1.0.0")
          .with(
              "hyperParameters",
              "{\"type\": \"object\", \"properties\": {\"a\": {\"%s\": \"%s/a.json\"}}}"
                  .formatted(reference, here))
          .put()
          .statusCode(422);
    }
    Code.of("addresses-pulled", "1.0.0")
        .with(
            "runtime",
            "{\"language\": \"container\", \"image\": \"127.0.0.1:%d/x@sha256:%s\"}"
                .formatted(listener().getLocalPort(), "a".repeat(64)))
        .put("?dryRun=true")
        .statusCode(200);
    nobodyKnocked();
  }
}
