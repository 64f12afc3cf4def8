package io.byoa.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** The file that PostgreSQL writes its log to; it and its predecessor stay within 16 MiB. */
record PostgresLog(Path file) {

  private static final long MOST = 8L << 20;
  private static final int TAIL = 2000;

  long size() {
    try {
      return Files.size(file);
    } catch (IOException e) {
      return 0;
    }
  }

  /** What was written after the first {@code mark} bytes, cut to its last two thousand. */
  String since(long mark) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long from = Math.max(mark, channel.size() - TAIL);
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.max(0, channel.size() - from));
      channel.read(bytes, from);
      return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Keeps a copy and starts over when the file has grown large. PostgreSQL appends through a handle
   * of its own, so the file itself must stay: lines written in between are lost.
   */
  void trim() {
    if (size() <= MOST) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      Files.copy(
          file,
          file.resolveSibling(file.getFileName() + ".1"),
          StandardCopyOption.REPLACE_EXISTING);
      channel.truncate(0);
    } catch (IOException e) {
      // The next round tries again.
    }
  }
}
