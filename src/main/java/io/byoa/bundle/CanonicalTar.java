package io.byoa.bundle;

import io.byoa.bundle.EntryNames.Name;
import io.byoa.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * Reads the canonical tar of a bundle, as it lies in the store. Streams are read to their end and
 * left for the caller to close; a tar that is no bundle is refused with 422 {@code
 * archive-refused}, and nothing of it is trusted: names are checked again.
 */
public final class CanonicalTar {

  private static final int BUFFER = 1 << 17;
  private static final int UNIX_FILE = 0100000;

  /** Names were bounded when they came in; whatever the limits were then, they still pass. */
  private static final ArchiveLimits ANY =
      new ArchiveLimits(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE / 2,
          255,
          4000);

  private CanonicalTar() {}

  /** What happens to each file; {@code content} ends where the file does. */
  @FunctionalInterface
  private interface Visitor {
    void file(String path, long size, InputStream content) throws IOException;
  }

  /** Where a file of the bundle lies in its tar, without reading it; empty when there is none. */
  public static Optional<FileRange> range(List<BundleFile> files, String path) {
    long[] offsets = TarLayout.offsets(files);
    for (int i = 0; i < offsets.length; i++) {
      if (files.get(i).path().equals(path)) {
        return Optional.of(new FileRange(offsets[i], files.get(i).size()));
      }
    }
    return Optional.empty();
  }

  /** The files of the tar, with the digests of their contents. */
  public static List<BundleFile> list(InputStream tar) throws IOException {
    List<BundleFile> files = new ArrayList<>();
    byte[] buffer = new byte[BUFFER];
    visit(
        tar,
        (path, size, content) -> {
          MessageDigest digester = Sha256.digester();
          int n = content.readNBytes(buffer, 0, BUFFER);
          boolean executable = BundleFile.isExecutable(buffer, n);
          for (; n > 0; n = content.read(buffer)) {
            digester.update(buffer, 0, n);
          }
          files.add(new BundleFile(path, size, Sha256.of(digester), executable));
        });
    return files;
  }

  /**
   * Writes the tar's files below a folder: missing or empty, and nobody else's. Folders become
   * 0755, programs 0755, other files 0644; no file or link that is there already is ever written
   * to.
   *
   * @throws IOException when the folder is not empty, or the disk fails; what was written stays
   */
  public static void unpack(InputStream tar, Path target) throws IOException {
    Path root = target.toAbsolutePath().normalize();
    Files.createDirectories(root);
    try (Stream<Path> there = Files.list(root)) {
      if (there.findAny().isPresent()) {
        throw new IOException(
            "Code is unpacked into an empty folder only, and this is none: " + root);
      }
    }
    byte[] buffer = new byte[BUFFER];
    visit(
        tar,
        (path, size, content) -> {
          Path file = root.resolve(path).normalize();
          if (!file.startsWith(root) || file.equals(root)) {
            throw new IOException("Leads out of the folder: " + path);
          }
          Path folder = file.getParent();
          if (folder != null) {
            Files.createDirectories(folder);
          }
          write(file, content, buffer);
        });
  }

  private static void write(Path file, InputStream content, byte[] buffer) throws IOException {
    int n = content.readNBytes(buffer, 0, buffer.length);
    String mode = BundleFile.isExecutable(buffer, n) ? "rwxr-xr-x" : "rw-r--r--";
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (; n > 0; n = content.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  /** Writes the tar as a tar.gz; pushed again, it is the same bundle. */
  public static void writeTarGz(InputStream tar, OutputStream out) throws IOException {
    GzipParameters parameters = new GzipParameters();
    parameters.setBufferSize(BUFFER);
    parameters.setCompressionLevel(Deflater.BEST_SPEED);
    GzipCompressorOutputStream gzip = new GzipCompressorOutputStream(out, parameters);
    tar.transferTo(gzip);
    gzip.finish();
  }

  /** Writes the tar's files as a zip, without seeking; pushed again, it is the same bundle. */
  public static void writeZip(InputStream tar, OutputStream out) throws IOException {
    ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out);
    zip.setLevel(Deflater.BEST_SPEED);
    byte[] buffer = new byte[BUFFER];
    visit(
        tar,
        (path, size, content) -> {
          int n = content.readNBytes(buffer, 0, BUFFER);
          ZipArchiveEntry entry = new ZipArchiveEntry(path);
          entry.setSize(size);
          entry.setTime(TarLayout.MODIFIED * 1000);
          entry.setUnixMode(UNIX_FILE | (BundleFile.isExecutable(buffer, n) ? 0755 : 0644));
          zip.putArchiveEntry(entry);
          for (; n > 0; n = content.read(buffer)) {
            zip.write(buffer, 0, n);
          }
          zip.closeArchiveEntry();
        });
    zip.finish();
  }

  private static void visit(InputStream tar, Visitor visitor) throws IOException {
    Problems problems = new Problems();
    EntryNames names = new EntryNames(ANY, problems);
    TarReader reader = new TarReader(tar, problems);
    for (TarReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
      Name name = names.check(entry.name);
      if (entry.kind != TarReader.Kind.FILE || name == null || name.folder() || !names.take(name)) {
        throw problems.fatal(entry.shown(), "does not belong in a bundle.");
      }
      visitor.file(name.path(), entry.size, new Content(reader));
    }
    problems.raiseIfAny();
  }

  private static final class Content extends InputStream {
    private final TarReader reader;

    Content(TarReader reader) {
      this.reader = reader;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return length == 0 ? 0 : reader.read(buffer, offset, length);
    }
  }
}
