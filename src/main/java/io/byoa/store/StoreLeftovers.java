package io.byoa.store;

import io.byoa.common.Chore;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Has the store take away what interrupted writes left in it. */
@Singleton
final class StoreLeftovers implements Chore {

  private final ObjectStore store;

  StoreLeftovers(ObjectStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return "store-leftovers";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public int runOnce() {
    return store.removeLeftovers();
  }
}
