package io.byoa.engine.local.disk;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where folders go that nobody needs any more: out of the way by one rename, however much is in
 * them, and deleted when there is time for it. What is in here is nothing, whatever it looks like.
 *
 * @param folder on the file system of what comes here
 */
public record Trash(Path folder) {

  /** The trash for what lies in this folder. */
  public static Trash in(Path parent) {
    return new Trash(parent.resolve(".trash"));
  }

  /** Takes a folder away; nothing happens when it is not there. */
  public void take(Path unwanted) throws IOException {
    if (!Files.exists(unwanted, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    PrivateFolder.create(folder);
    // Two of one name may come.
    Path place = Files.createTempDirectory(folder, "");
    Files.move(unwanted, place.resolve("it"), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Deletes what is in here, as much as there is time for; what cannot be deleted does not keep the
   * rest from it.
   *
   * @return how many folders have gone for good
   * @throws IOException at the end, when something could not be deleted
   */
  public int empty(Supplier<Duration> left) throws IOException {
    int gone = 0;
    IOException trouble = null;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (!left.get().isPositive()) {
          break;
        }
        try {
          gone += Trees.delete(entry, left) ? 1 : 0;
        } catch (IOException e) {
          trouble = e;
        }
      }
    } catch (NoSuchFileException nothingYet) {
      return 0;
    }
    if (trouble != null) {
      throw trouble;
    }
    return gone;
  }
}
