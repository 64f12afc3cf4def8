package io.byoa.reconcile;

import io.byoa.job.Node;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Which installation orders jobs, so that two of them can share a cloud account. */
@Singleton
class Installation {

  private final String id;

  Installation(@ConfigProperty(name = "byoa.installation") Optional<String> name, Node node) {
    this.id = name.orElse(node.id());
  }

  String id() {
    return id;
  }
}
