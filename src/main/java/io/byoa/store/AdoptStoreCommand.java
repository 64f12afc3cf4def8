package io.byoa.store;

import io.byoa.common.Command;
import jakarta.inject.Singleton;
import java.io.PrintStream;
import java.util.List;

/**
 * {@code adopt-store}: makes the store that is configured here the database's own, after it was
 * replaced on purpose; see {@link StoreIdentity}.
 */
@Singleton
class AdoptStoreCommand implements Command {

  private final StoreIdentity identity;

  AdoptStoreCommand(StoreIdentity identity) {
    this.identity = identity;
  }

  @Override
  public String name() {
    return "adopt-store";
  }

  @Override
  public String summary() {
    return "lets the database belong to the store that is configured now";
  }

  @Override
  public int run(List<String> arguments, PrintStream out) {
    if (!arguments.isEmpty()) {
      System.err.printf("adopt-store takes no arguments; found %s.%n", String.join(" ", arguments));
      return 2;
    }
    identity.adopt();
    out.println("The database knows the store that is configured here as its own.");
    return 0;
  }
}
