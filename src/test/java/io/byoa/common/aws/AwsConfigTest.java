package io.byoa.common.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.testing.Mapped;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Names and defaults: promises to operators. */
final class AwsConfigTest {

  @Test
  void leavesEverythingToTheEnvironmentByDefault() {
    AwsConfig config = Mapped.of(AwsConfig.class, Map.of());
    assertThat(config.region()).isEmpty();
    assertThat(config.endpoint()).isEmpty();
    assertThat(config.roleArn()).isEmpty();
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void takesItsSettings() {
    AwsConfig config =
        Mapped.of(
            AwsConfig.class,
            Map.of(
                "byoa.aws.region", "eu-west-1",
                "byoa.aws.endpoint", "http://localhost:9000",
                "byoa.aws.role-arn", "arn:aws:iam::123456789012:role/byoa",
                "byoa.aws.timeout", "2s"));
    assertThat(config.region()).contains("eu-west-1");
    assertThat(config.endpoint()).contains(URI.create("http://localhost:9000"));
    assertThat(config.roleArn()).contains("arn:aws:iam::123456789012:role/byoa");
    assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(2));
  }
}
