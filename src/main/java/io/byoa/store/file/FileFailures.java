package io.byoa.store.file;

import io.byoa.common.FailureException;
import io.byoa.store.StoreFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * What a disk's troubles mean to the store's callers.
 *
 * @param root the store's folder
 * @param keepFree bytes that stay free on its disk
 */
record FileFailures(Path root, long keepFree) {

  private static final Logger LOG = Logger.getLogger(FileObjectStore.class);

  long freeBytes() {
    try {
      return Math.max(0, Files.getFileStore(root).getUsableSpace() - keepFree);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  void requireRoom() {
    if (freeBytes() == 0) {
      throw StoreFailures.full(root.toString());
    }
  }

  FailureException failed(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return StoreFailures.full(root.toString());
    }
    LOG.errorf(cause, "The store in %s does not work.", root);
    return StoreFailures.unavailable(root.toString(), cause);
  }
}
