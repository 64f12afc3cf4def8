package io.byoa.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How tokens and browser sessions behave: {@code byoa.access.*}. */
@ConfigMapping(prefix = "byoa.access")
public interface AccessConfig {

  /**
   * How long somebody stays signed in to the browser; a session ends with its token in any case.
   */
  @WithDefault("12h")
  Duration sessionLifetime();

  /**
   * How long another replica may still honour a token after it was revoked; the replica that
   * revoked it stops at once. Until then it answers from memory, without asking the database.
   */
  @WithDefault("5s")
  Duration revocationDelay();

  /** How many times a minute one address may fail to sign in before it has to wait. */
  @WithDefault("10")
  int failedSignIns();
}
