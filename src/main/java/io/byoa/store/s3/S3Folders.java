package io.byoa.store.s3;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoreFailures;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;

/**
 * Keeps keys from being the folder of another key, which S3 itself would allow and which no file
 * system can hold: neither the local engine's nor SageMaker's could take in such a dataset. It
 * looks before the object is stored, so two writers at the same moment can still break the rule.
 */
final class S3Folders {

  private static final int REMEMBERED = 10_000;

  private final S3Calls calls;

  /** Where something has been stored below: no object can have such a name. */
  private final Cache<String, Boolean> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();

  S3Folders(S3Calls calls) {
    this.calls = calls;
  }

  /** Refuses the key when an object is above or below it. */
  void requireFree(ObjectKey key) {
    for (String folder : above(key)) {
      if (known.getIfPresent(folder) == null
          && calls.head(calls.bucket().key(new ObjectKey(folder))).isPresent()) {
        throw StoreFailures.exists(key);
      }
    }
    ListObjectsV2Request below =
        ListObjectsV2Request.builder()
            .bucket(calls.bucket().name())
            .prefix(calls.bucket().key(key) + "/")
            .maxKeys(1)
            .build();
    if (!calls
        .failures()
        .translated(() -> calls.client().listObjectsV2(below))
        .contents()
        .isEmpty()) {
      throw StoreFailures.exists(key);
    }
  }

  /** Something is stored under this key now. */
  void remember(ObjectKey key) {
    above(key).forEach(folder -> known.put(folder, true));
  }

  private static List<String> above(ObjectKey key) {
    List<String> folders = new ArrayList<>();
    String value = key.value();
    for (int end = value.indexOf('/'); end >= 0; end = value.indexOf('/', end + 1)) {
      folders.add(value.substring(0, end));
    }
    return folders;
  }
}
