package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The right to be the one server on a data folder; the kernel takes it back when the process ends,
 * however it ends.
 *
 * <p>The lock is on {@code <data>/lock}; who holds it is told in {@code <data>/server}. They are
 * two files because closing any handle of a file drops this process's locks on it.
 */
public final class FolderLock implements AutoCloseable {

  private final Path note;
  private final FileChannel channel;

  private FolderLock(Path note, FileChannel channel) {
    this.note = note;
    this.channel = channel;
  }

  /**
   * Takes the lock and notes who has it.
   *
   * @param address where the holder answers, for the sentence that a second server gets
   * @throws StartRefused when another process has it
   */
  public static FolderLock take(DataFolder folder, String address) {
    Path note = folder.path().resolve("server");
    FileChannel channel = tryLock(folder);
    if (channel == null) {
      throw new StartRefused(
          "Another BYOA%s is using the data folder %s. Stop it, or start this one with a folder of its own: BYOA_DATA=…"
              .formatted(holder(note), folder.path()));
    }
    try {
      Path draft = note.resolveSibling("server.new");
      Files.writeString(
          draft, "process %d, %s%n".formatted(ProcessHandle.current().pid(), address));
      Files.move(draft, note, StandardCopyOption.ATOMIC_MOVE);
      return new FolderLock(note, channel);
    } catch (IOException e) {
      close(channel);
      throw new StartRefused("%s cannot be written: %s.".formatted(note, Reason.of(e)), e);
    }
  }

  /** Whether a server runs on this folder now. */
  public static boolean isTaken(DataFolder folder) {
    if (!Files.exists(folder.path().resolve("lock"))) {
      return false;
    }
    FileChannel channel = tryLock(folder);
    if (channel == null) {
      return true;
    }
    close(channel);
    return false;
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(note);
    } catch (IOException e) {
      // Only a note for people; the lock itself goes with the channel.
    }
    close(channel);
  }

  private static @Nullable FileChannel tryLock(DataFolder folder) {
    Path file = folder.path().resolve("lock");
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // Held by this very process. Closing our second handle would drop it: see the class comment.
      return null;
    } catch (IOException e) {
      throw new StartRefused(
          "The lock %s cannot be taken (%s). The data folder must be on a file system with locks, and writable; name another one with BYOA_DATA."
              .formatted(file, Reason.of(e)),
          e);
    }
    close(channel);
    return null;
  }

  private static void close(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was written through it.
    }
  }

  private static String holder(Path note) {
    try {
      return " (" + Files.readString(note).strip() + ")";
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      return " (" + note + " is not readable)";
    }
  }
}
