package io.byoa.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Archives made by a library that writes what it is told, and by changing bytes of these. */
final class Archives {

  private Archives() {}

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** A streamed zip (bit 3) of name, content, name, content… */
  static byte[] zip(String... namesAndContents) {
    return zip(0100644, namesAndContents);
  }

  static byte[] zip(int mode, String... namesAndContents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
      for (int i = 0; i < namesAndContents.length; i += 2) {
        String name = namesAndContents[i];
        zip.putArchiveEntry(new NamedEntry(name, name.endsWith("/") ? 0040755 : mode));
        zip.write(bytes(namesAndContents[i + 1]));
        zip.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  /** Named after its mode makes it a Unix entry; before, backslashes would be turned round. */
  private static final class NamedEntry extends ZipArchiveEntry {
    NamedEntry(String name, int mode) {
      super("n");
      setUnixMode(mode);
      setName(name);
    }
  }

  static byte[] tarGz(String... namesAndContents) {
    return gzip(tar(namesAndContents));
  }

  static byte[] tar(String... namesAndContents) {
    TarArchiveEntry[] entries = new TarArchiveEntry[namesAndContents.length / 2];
    byte[][] contents = new byte[entries.length][];
    for (int i = 0; i < entries.length; i++) {
      entries[i] = new TarArchiveEntry(namesAndContents[2 * i], true);
      contents[i] = bytes(namesAndContents[2 * i + 1]);
      entries[i].setSize(contents[i].length);
    }
    return tar(entries, contents);
  }

  /** One entry of this type byte, with this link target. */
  static byte[] tarGzOf(String name, char type, String target) {
    TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type, true);
    entry.setLinkName(target);
    return gzip(tar(new TarArchiveEntry[] {entry}, new byte[][] {{}}));
  }

  static byte[] tar(TarArchiveEntry[] entries, byte[][] contents) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (int i = 0; i < entries.length; i++) {
        tar.putArchiveEntry(entries[i]);
        tar.write(contents[i]);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  /** The tar with its first header changed, and that header's checksum right again. */
  static byte[] withHeader(byte[] tar, int offset, byte... replacement) {
    byte[] changed = tar.clone();
    System.arraycopy(replacement, 0, changed, offset, replacement.length);
    byte[] header = Arrays.copyOf(changed, 512);
    System.arraycopy(bytes("%06o\0 ".formatted(TarHeader.checksum(header))), 0, changed, 148, 8);
    return changed;
  }

  /** The zip with a 16-bit number replaced in the n-th header of this kind. */
  static byte[] with16(byte[] zip, int signature, int n, int offset, int value) {
    byte[] changed = zip.clone();
    little(changed).putShort(find(zip, signature, n) + offset, (short) value);
    return changed;
  }

  /** The zip with a 32-bit number replaced in the n-th header of this kind. */
  static byte[] with32(byte[] zip, int signature, int n, int offset, int value) {
    byte[] changed = zip.clone();
    little(changed).putInt(find(zip, signature, n) + offset, value);
    return changed;
  }

  static final int LOCAL = 0x04034b50;
  static final int CENTRAL = 0x02014b50;
  static final int END = 0x06054b50;

  static int find(byte[] zip, int signature, int n) {
    int left = n;
    for (int i = 0; i + 4 <= zip.length; i++) {
      if (little(zip).getInt(i) == signature && left-- == 0) {
        return i;
      }
    }
    throw new AssertionError("No such header");
  }

  static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
