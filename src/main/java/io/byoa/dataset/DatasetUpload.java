package io.byoa.dataset;

import io.byoa.bundle.ArchiveLimits;
import io.byoa.bundle.BundleInspector;
import io.byoa.bundle.UnpackedFile;
import io.byoa.bundle.UnpackedUpload;
import io.byoa.common.Failure;
import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Brings uploaded data into the store; giving it a name is {@link DatasetPushes}' part.
 *
 * <p>If the process dies before the name is given, {@link DatasetSweep} takes away what was stored,
 * and whoever uploads again loses nothing: storing the same bytes again changes nothing.
 */
@Singleton
final class DatasetUpload {

  /** What is left of an object's key below {@code datasets/<digest>/}. */
  private static final int PATH_BYTES =
      ObjectKey.MAX_BYTES - "datasets/".length() - 64 - "/".length();

  private final BundleInspector inspector;
  private final ObjectStore store;
  private final DatasetPushes pushes;
  private final ArchiveLimits limits;
  private final long maxSize;

  DatasetUpload(
      DatasetConfig config, BundleInspector inspector, ObjectStore store, DatasetPushes pushes) {
    this.inspector = inspector;
    this.store = store;
    this.pushes = pushes;
    this.maxSize = config.maxSize().asLongValue();
    this.limits = ArchiveLimits.ofData(maxSize, config.maxFiles(), PATH_BYTES, this::requireRoom);
  }

  /**
   * What is in the store now.
   *
   * @param notices what was tolerated
   */
  record Stored(Manifest manifest, List<String> notices) {}

  /**
   * Reads the body to its end and stores its files.
   *
   * @param declared bytes of the body, or -1 when the client did not say
   * @throws io.byoa.common.FailureException what {@link BundleInspector} refuses; 507 {@code
   *     storage-full}
   * @throws IOException when the body could not be read to its end
   */
  Stored store(UploadShape shape, InputStream body, long declared) throws IOException {
    refuseEarly(declared);
    try (UnpackedUpload upload =
        switch (shape) {
          case UploadShape.Archive() -> inspector.unpack(body, limits);
          case UploadShape.File(String name) -> inspector.single(name, body, limits);
        }) {
      Manifest manifest =
          new Manifest(
              upload.files().stream()
                  .map(file -> new Manifest.Entry(file.path(), file.size(), file.sha256()))
                  .toList());
      pushes.claim(manifest);
      Sha256 digest = manifest.digest();
      for (UnpackedFile file : upload.files()) {
        store.move(Dataset.key(digest, file.path()), file.file(), file.sha256());
      }
      return new Stored(manifest, upload.notices());
    }
  }

  private void refuseEarly(long declared) {
    if (declared > maxSize) {
      throw new Failure.TooLarge(
              "archive-too-large",
              "The upload is larger than %d bytes. Upload it as several datasets."
                  .formatted(maxSize))
          .raise();
    }
    if (store.freeBytes().orElse(Long.MAX_VALUE) < Math.max(1, declared)) {
      throw full();
    }
  }

  private void requireRoom() {
    if (store.freeBytes().orElse(Long.MAX_VALUE) <= 0) {
      throw full();
    }
  }

  private static RuntimeException full() {
    return new Failure.InsufficientStorage(
            "storage-full",
            "Too little room is left for this dataset. Ask the operator to free some, then upload it again.")
        .raise();
  }
}
