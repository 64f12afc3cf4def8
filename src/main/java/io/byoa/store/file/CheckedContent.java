package io.byoa.store.file;

import static java.util.Objects.requireNonNull;

import io.byoa.common.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Digests of files as they are now: read once, then remembered for as long as the file's change
 * time, which every write and rename moves and which no program can set, stays the same.
 */
final class CheckedContent {

  private static final int REMEMBERED = 10_000;
  private static final int BUFFER = 1 << 18;

  /** Change times are coarse: what changed this recently may change again and not show it. */
  private static final Duration COARSE = Duration.ofMillis(100);

  private final InstantSource time;
  private final Map<Stamp, Sha256> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Stamp, Sha256> eldest) {
          return size() > REMEMBERED;
        }
      };

  CheckedContent(InstantSource time) {
    this.time = time;
  }

  private record Stamp(long inode, long size, Instant changed) {
    static Stamp of(Path file) throws IOException {
      Map<String, Object> attributes = Files.readAttributes(file, "unix:ino,size,ctime");
      return new Stamp(
          attribute(attributes, "ino", Long.class),
          attribute(attributes, "size", Long.class),
          attribute(attributes, "ctime", FileTime.class).toInstant());
    }
  }

  private static <T> T attribute(Map<String, Object> attributes, String name, Class<T> type) {
    return type.cast(requireNonNull(attributes.get(name), name));
  }

  /**
   * The digest of the file's content, through the channel that the content will be read from; the
   * channel is left at its start.
   */
  Sha256 digest(Path file, FileChannel opened) throws IOException {
    Instant started = time.instant();
    Stamp before = Stamp.of(file);
    Sha256 remembered = get(before);
    if (remembered != null) {
      return remembered;
    }
    Sha256 digest = read(opened);
    boolean settled = before.changed.plus(COARSE).isBefore(started);
    if (settled && before.equals(Stamp.of(file)) && opened.size() == before.size) {
      put(before, digest);
    }
    return digest;
  }

  private static Sha256 read(FileChannel channel) throws IOException {
    MessageDigest digester = Sha256.digester();
    byte[] buffer = new byte[BUFFER];
    channel.position(0);
    for (int n = 0; n >= 0; n = channel.read(ByteBuffer.wrap(buffer))) {
      digester.update(buffer, 0, n);
    }
    channel.position(0);
    return Sha256.of(digester);
  }

  private synchronized @Nullable Sha256 get(Stamp stamp) {
    return known.get(stamp);
  }

  private synchronized void put(Stamp stamp, Sha256 digest) {
    known.put(stamp, digest);
  }
}
