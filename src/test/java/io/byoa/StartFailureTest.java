package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.EnvConfigSource;
import java.net.BindException;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of a start that failed: a sentence, or nothing where the defect is ours. */
final class StartFailureTest {

  private static final Settings SETTINGS =
      Settings.of(
          ConfigUtils.configBuilder()
              .withSources(
                  new EnvConfigSource(
                      Map.of("BYOA_PORT", "9000", "BYOA_DATABASE_URL", "jdbc:postgresql://db/byoa"),
                      500))
              .build());

  @Test
  void isTheRefusalHoweverDeepItLies() {
    Throwable failure =
        new RuntimeException("Failed to start", new RuntimeException(new StartRefused("Do this.")));

    assertThat(StartFailure.sentence(failure, SETTINGS)).contains("Do this.");
  }

  @Test
  void namesTheVariableThatCannotBeRead() {
    Throwable failure =
        new RuntimeException(
            new ConfigurationException(
                "Configuration validation failed:\n"
                    + "\tjava.lang.IllegalArgumentException: SRCFG00039: The config property"
                    + " byoa.engine.local.grace with the config value \"soon\" threw an Exception"
                    + " whilst being converted SRCFG00041: Text cannot be parsed to a Duration"));

    assertThat(StartFailure.sentence(failure, SETTINGS))
        .contains(
            "BYOA_ENGINE_LOCAL_GRACE is 'soon', which cannot be read: Text cannot be parsed to a"
                + " Duration. docs/settings.md tells what it may be.");
  }

  @Test
  void namesThePortThatWasTakenMeanwhile() {
    assertThat(StartFailure.sentence(bound(9000), SETTINGS)).get().asString().contains("BYOA_PORT");
    assertThat(StartFailure.sentence(bound(9001), SETTINGS))
        .get()
        .asString()
        .contains("BYOA_MANAGEMENT_PORT");
  }

  private static Throwable bound(int port) {
    return new RuntimeException(new QuarkusBindException("127.0.0.1", port, new BindException()));
  }

  @ParameterizedTest
  @CsvSource({"08001, reached", "28P01, BYOA_DATABASE_PASSWORD", "3D000, create it first"})
  void tellsWhatTheOperatorsDatabaseHasAgainstIt(String state, String told) {
    Throwable failure = new RuntimeException(new SQLException("It said no.", state));

    assertThat(StartFailure.sentence(failure, SETTINGS))
        .get()
        .asString()
        .contains("jdbc:postgresql://db/byoa", "It said no.", told);
  }

  @Test
  void takesAPoolThatGetsNoConnectionForADatabaseOutOfReach() {
    Throwable failure = new SQLException("Acquisition timeout while waiting for new connection");

    assertThat(StartFailure.sentence(failure, SETTINGS)).get().asString().contains("reached");
  }

  @Test
  void isNothingForADefectOfOurOwn() {
    assertThat(StartFailure.sentence(new IllegalStateException("What?"), SETTINGS)).isEmpty();
    assertThat(StartFailure.sentence(new SQLException("syntax", "42601"), SETTINGS)).isEmpty();
  }
}
