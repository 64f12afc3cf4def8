package io.byoa.store;

import io.byoa.common.Nearest;
import io.byoa.common.StartRefused;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The store that {@code byoa.store} names, chosen at start; adapters are beans with an {@link
 * Identifier}, and nobody imports them.
 */
final class ChosenStore {

  @Produces
  @Singleton
  ObjectStore store(StoreConfig config, @Any Instance<ObjectStore> adapters) {
    Instance<ObjectStore> chosen = adapters.select(Identifier.Literal.of(config.adapter()));
    if (chosen.isUnsatisfied()) {
      List<String> known = names(adapters);
      throw new StartRefused(
          "BYOA_STORE is '%s', and there is no such store%s There is: %s."
              .formatted(
                  config.adapter(),
                  Nearest.endOfSentence(config.adapter(), known),
                  String.join(", ", known)));
    }
    return chosen.get();
  }

  private static List<String> names(Instance<ObjectStore> adapters) {
    return adapters
        .handlesStream()
        .flatMap(handle -> handle.getBean().getQualifiers().stream())
        .filter(Identifier.class::isInstance)
        .map(qualifier -> ((Identifier) qualifier).value())
        .sorted()
        .toList();
  }
}
