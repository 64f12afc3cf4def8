package io.byoa.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.common.StartRefused;
import io.byoa.testing.HttpProxy;
import io.byoa.testing.HttpProxy.Fate;
import io.byoa.testing.Moto;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each start that cannot be says in a sentence what to do. */
final class S3StartTest {

  @TempDir Path folder;

  private S3Stores stores() {
    return new S3Stores(Moto.running().endpoint(), Moto.running().bucket(), folder);
  }

  private static void assertRefused(S3Stores stores, String... words) {
    assertThatThrownBy(stores::open)
        .isInstanceOf(StartRefused.class)
        .message()
        .contains(words)
        .doesNotContain("Exception", "\n")
        .endsWith(".");
  }

  @Test
  void withoutABucket() {
    assertRefused(stores().with("byoa.s3.bucket", " "), "BYOA_S3_BUCKET is not set");
  }

  @Test
  void withAnAddressInsteadOfABucket() {
    assertRefused(
        stores().with("byoa.s3.bucket", "s3://ours/byoa"), "'s3://ours/byoa'", "BYOA_S3_PREFIX");
  }

  @Test
  void withABucketThatDoesNotExist() {
    assertRefused(
        stores().with("byoa.s3.bucket", "no-such-bucket"),
        "There is no bucket no-such-bucket",
        "BYOA_S3_BUCKET");
  }

  @Test
  @DisplayName("A16: a bucket that belongs to another account is not used")
  void withABucketOfAnotherAccount() {
    assertRefused(
        stores().with("byoa.s3.owner", "111111111111"),
        "does not belong to the account 111111111111",
        "s3:ListBucket");
  }

  @Test
  void withAnOwnerThatIsNoAccount() {
    assertRefused(stores().with("byoa.s3.owner", "me"), "BYOA_S3_OWNER is 'me'", "12 digits");
  }

  @Test
  void withAPrefixThatIsNoFolder() {
    assertRefused(stores().with("byoa.s3.prefix", "a//b"), "BYOA_S3_PREFIX");
  }

  @Test
  void withAnEndpointThatIsNotThere() {
    assertRefused(
        stores()
            .with("byoa.aws.endpoint", "http://127.0.0.1:1")
            .with("byoa.s3.owner", Moto.ACCOUNT),
        "cannot be reached at http://127.0.0.1:1");
  }

  @Test
  void withCredentialsThatAwsDoesNotKnow() {
    try (HttpProxy proxy = HttpProxy.before(Moto.running().endpoint())) {
      proxy.decide(request ->
          new Fate.Answered(
              403,
              "x: y",
              "<ErrorResponse><Error><Code>InvalidClientTokenId</Code><Message>The security token is invalid.</Message></Error></ErrorResponse>"));
      assertRefused(
          new S3Stores(proxy.endpoint(), "ours", folder),
          "AWS does not say which account",
          "InvalidClientTokenId: The security token is invalid.");
      assertRefused(
          new S3Stores(proxy.endpoint(), "ours", folder)
              .with("byoa.aws.role-arn", "arn:aws:iam::123456789012:role/byoa"),
          "The role of BYOA_AWS_ROLE_ARN, arn:aws:iam::123456789012:role/byoa, cannot be assumed");
    }
  }

  @Test
  void withTheRegionOfAnotherBucket() {
    try (HttpProxy proxy = HttpProxy.before(Moto.running().endpoint())) {
      proxy.decide(request ->
          new Fate.Answered(
              301,
              "x-amz-bucket-region: us-west-2",
              "<Error><Code>PermanentRedirect</Code><Message>Elsewhere.</Message></Error>"));
      assertRefused(
          new S3Stores(proxy.endpoint(), "ours", folder).with("byoa.s3.owner", Moto.ACCOUNT),
          "is in us-west-2",
          "Set AWS_REGION to us-west-2.");
    }
  }

  @Test
  void withASpoolThatCannotBe() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(stores().with("byoa.s3.spool", file.resolve("spool").toString())::open)
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("Set BYOA_S3_SPOOL");
  }

  @Test
  void assumesTheRoleThatItIsTold() {
    try (HttpProxy proxy = HttpProxy.before(Moto.running().endpoint())) {
      URI endpoint = proxy.endpoint();
      new S3Stores(endpoint, Moto.running().bucket(), folder)
          .with("byoa.aws.role-arn", "arn:aws:iam::123456789012:role/byoa")
          .open()
          .probe();
      assertThat(proxy.seen().getLast().headers())
          .as("the credentials of the role come with a session's token")
          .contains("x-amz-security-token:");
    }
  }
}
