package io.byoa.dataset;

import io.byoa.common.Sha256;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.time.Instant;
import java.util.List;

/**
 * One version of a dataset: files that never change, each an object of the store under {@code
 * datasets/<digest>/<path>}, so that the prefix holds exactly what a channel's folder shall hold.
 *
 * @param name what clients call it
 * @param digest of its {@link Manifest}
 * @param manifest its files
 * @param createdAt when this content was first pushed under the name
 * @param createdBy who pushed it, such as {@code token:ci}
 */
public record Dataset(
    String name, Sha256 digest, Manifest manifest, Instant createdAt, String createdBy) {

  private static final String FOLDER = "datasets/";

  /**
   * A file of the dataset.
   *
   * @param path relative to the channel's folder
   * @param object its content; reading it through the store checks the digest
   */
  public record File(String path, StoredObject object) {}

  /** The text that means exactly this content, to be recorded: {@code dataset:name@sha256:…}. */
  public String reference() {
    return new DatasetReference(name, digest).toString();
  }

  /** Bytes of all files. */
  public long size() {
    return manifest.size();
  }

  /** The files, sorted by the bytes of their paths. */
  public List<File> files() {
    return manifest.entries().stream().map(entry -> file(digest, entry)).toList();
  }

  /** The prefix of all keys, with its trailing slash. */
  public String prefix() {
    return FOLDER + digest + "/";
  }

  static File file(Sha256 digest, Manifest.Entry entry) {
    return new File(
        entry.path(), new StoredObject(key(digest, entry.path()), entry.size(), entry.sha256()));
  }

  static ObjectKey key(Sha256 digest, String path) {
    return ObjectKey.of(FOLDER + digest, path);
  }
}
