package io.byoa.engine.local.disk;

import io.byoa.engine.LogSlice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * The one log of a launch, only ever appended to: by the supervisors' writers and, while none runs,
 * by the server.
 */
public record JobLog(Path file) {

  /** How much of the end is looked at for the last lines. */
  private static final int TAIL = 16_384;

  private static final int LINES = 20;

  /** How many bytes there are; none before the first. */
  public long size() throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  /** A line of the server, marked as such. */
  public void note(String sentence) throws IOException {
    Files.writeString(
        file, "[byoa] " + sentence + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /**
   * A piece of the log.
   *
   * @param complete whether nothing will be added any more
   */
  public LogSlice slice(long offset, int limit, boolean complete) throws IOException {
    if (!Files.exists(file)) {
      return new LogSlice(offset, new byte[0], complete);
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long end = channel.size();
      int length = (int) Math.max(0, Math.min(limit, end - offset));
      byte[] content = read(channel, offset, length);
      return new LogSlice(offset, content, complete && offset + content.length >= end);
    }
  }

  /**
   * The last lines of what was written since a byte, or of the file that holds the end where the
   * log was cut.
   */
  public String lastLines(long since, Path cutEnd) throws IOException {
    byte[] tail;
    if (Files.exists(cutEnd) && Files.size(cutEnd) > 0) {
      tail = tail(cutEnd, 0);
    } else if (Files.exists(file)) {
      tail = tail(file, since);
    } else {
      return "";
    }
    List<String> lines = new String(tail, StandardCharsets.UTF_8).strip().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }

  private static byte[] tail(Path path, long since) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long from = Math.max(Math.min(since, channel.size()), channel.size() - TAIL);
      return read(channel, from, (int) (channel.size() - from));
    }
  }

  private static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        break;
      }
    }
    byte[] content = new byte[buffer.position()];
    buffer.flip().get(content);
    return content;
  }
}
