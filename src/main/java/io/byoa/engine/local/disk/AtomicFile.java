package io.byoa.engine.local.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file that is there whole or not at all. */
public final class AtomicFile {

  private AtomicFile() {}

  /**
   * Writes or replaces the file for whoever reads it while this machine is up. After a power cut it
   * may be the one before, or unreadable: for what a restart makes worthless anyhow, and an fsync
   * costs more than starting a program.
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file);
    Files.write(temporary, content);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Path temporary(Path file) {
    return file.resolveSibling(file.getFileName() + ".new");
  }

  /** Writes or replaces the file so that it survives a power cut once this returns. */
  public static void write(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file);
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    Path folder = file.getParent();
    if (folder != null) {
      sync(folder);
    }
  }

  /** Makes the names in a folder durable. */
  public static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A marker: an empty file whose existence says something. Writing it again changes nothing. */
  public static void mark(Path file) throws IOException {
    if (!Files.exists(file)) {
      replace(file, new byte[0]);
    }
  }
}
