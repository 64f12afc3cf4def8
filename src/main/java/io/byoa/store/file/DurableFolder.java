package io.byoa.store.file;

import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.locks.ReentrantLock;

/** A folder whose files appear and vanish in one step, and stay so through a power cut. */
final class DurableFolder {

  private final Path root;

  /**
   * Held while folders are made: nobody may believe in a folder whose own entry is not on the disk
   * yet.
   */
  private final ReentrantLock making = new ReentrantLock();

  DurableFolder(Path root) {
    this.root = root;
  }

  /**
   * Puts the finished file {@code temporary} at {@code target}, atomically and without replacing.
   *
   * @return false when there is a file already; then nothing was done
   */
  boolean publish(Path temporary, Path target) throws IOException {
    for (int attempt = 0; ; attempt++) {
      try {
        make(parent(target));
        boolean placed = place(temporary, target);
        sync(parent(target));
        return placed;
      } catch (FileAlreadyExistsException e) {
        return false; // A file is where a folder should be.
      } catch (NoSuchFileException e) {
        // Somebody deleted the last object of this folder, and the folder, since we made it.
        if (attempt == 10 || !Files.exists(temporary)) {
          throw e;
        }
      }
    }
  }

  private static boolean place(Path temporary, Path target) throws IOException {
    try {
      // A link, unlike a rename, refuses to replace, whoever else writes to this folder.
      Files.createLink(target, temporary);
      Files.delete(temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (NoSuchFileException e) {
      throw e;
    } catch (UnsupportedOperationException | FileSystemException e) {
      if (Files.exists(target)) {
        return false;
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return true;
    }
  }

  /** Deletes the file and the folders that are empty without it; false when there was none. */
  boolean delete(Path file) throws IOException {
    if (!Files.deleteIfExists(file)) {
      return false;
    }
    Path folder = parent(file);
    try {
      while (!folder.equals(root)) {
        Files.delete(folder);
        folder = parent(folder);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // In use by others, or deleted by them.
    }
    while (!Files.isDirectory(folder)) {
      folder = parent(folder);
    }
    sync(folder);
    return true;
  }

  private void make(Path folder) throws IOException {
    making.lock();
    try {
      makeLocked(folder);
    } finally {
      making.unlock();
    }
  }

  private void makeLocked(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    makeLocked(parent(folder));
    try {
      Files.createDirectory(folder);
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
    sync(parent(folder));
  }

  /** Writes the folder's entries to the disk. */
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("No folder holds " + path);
    }
    return parent;
  }
}
