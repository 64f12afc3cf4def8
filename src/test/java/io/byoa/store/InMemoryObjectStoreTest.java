package io.byoa.store;

import java.time.Instant;
import java.time.InstantSource;

final class InMemoryObjectStoreTest extends ObjectStoreContract {

  private final InMemoryObjectStore store =
      new InMemoryObjectStore(InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z")));

  @Override
  protected ObjectStore store() {
    return store;
  }

  @Override
  protected void tamper(ObjectKey key, byte[] bytes) {
    store.tamper(key, bytes);
  }
}
