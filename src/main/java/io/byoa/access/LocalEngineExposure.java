package io.byoa.access;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stops a start that would let other machines run programs on this one by oversight: the local
 * engine behind an address that is not loopback has to be switched on explicitly.
 */
@Singleton
class LocalEngineExposure {

  static final String ALLOW = "byoa.engine.local.allow-remote";

  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

  private final boolean serving;
  private final String host;
  private final String engine;
  private final boolean allowed;

  /**
   * The check with what is configured.
   *
   * @param host the address that the public port is bound to
   * @param engine the installation's engine
   * @param allowed whether the operator wants it so
   * @param serving false for a command, which listens nowhere
   */
  LocalEngineExposure(
      @ConfigProperty(name = "quarkus.http.host") String host,
      @ConfigProperty(name = "byoa.engine", defaultValue = "local") String engine,
      @ConfigProperty(name = ALLOW, defaultValue = "false") boolean allowed,
      @ConfigProperty(name = "byoa.serving") boolean serving) {
    this.serving = serving;
    this.host = host;
    this.engine = engine;
    this.allowed = allowed;
  }

  void start(@Observes @Priority(1) StartupEvent event) {
    refusal(host, engine, allowed)
        .filter(_ -> serving)
        .ifPresent(sentence -> {
          throw new StartRefused(sentence);
        });
  }

  /** Why the server must not start like this; empty when it may. */
  static Optional<String> refusal(String host, String engine, boolean allowed) {
    if (!engine.equals("local") || allowed || LOOPBACK.matcher(host).matches()) {
      return Optional.empty();
    }
    return Optional.of(
        "The local engine runs uploaded programs on this machine, and BYOA_HOST=%s would let other machines send them. Bind to 127.0.0.1, or say that you want it: BYOA_ENGINE_LOCAL_ALLOW_REMOTE=true."
            .formatted(host));
  }
}
