package io.byoa.algorithm;

import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;

/** Where a version's code is in the store: one place for one content, whoever publishes it. */
final class StoredCode {

  private StoredCode() {}

  /** The canonical tar. */
  static ObjectKey archive(Sha256 code) {
    return new ObjectKey("code/" + code.hex() + ".tar");
  }

  /** The descriptor, beside it for those who look at the store without a database. */
  static ObjectKey descriptor(Sha256 code) {
    return new ObjectKey("code/" + code.hex() + ".json");
  }
}
