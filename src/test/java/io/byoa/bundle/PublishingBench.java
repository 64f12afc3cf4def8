package io.byoa.bundle;

import static java.nio.file.StandardOpenOption.READ;

import io.byoa.common.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * How fast uploads of 200 MiB become durable bundles, against the least that has to be done with
 * the same bytes: SHA-256 of the upload plus a durable copy of it. Both in one run, alternating,
 * the median of each, and the best of each for machines that are not quiet. Arguments: a folder to
 * work in (default: a temporary one), rounds (7).
 */
final class PublishingBench {

  private static final int FILES = 20;
  private static final int FILE = 10 << 20;

  private PublishingBench() {}

  @SuppressWarnings("SystemOut") // Its output is its purpose.
  public static void main(String[] arguments) throws IOException {
    Path folder =
        arguments.length > 0 ? Path.of(arguments[0]) : Files.createTempDirectory("publishing");
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 7;
    System.out.println(
        "archive                    upload MiB  tar MiB  baseline s  publish s  ratio  best/best");
    for (double entropy : new double[] {1, 0.5}) {
      for (ArchiveFormat format : ArchiveFormat.values()) {
        Path upload = folder.resolve("upload");
        make(upload, format, entropy);
        measure(folder, upload, format + ", " + (int) (entropy * 100) + " % random", rounds);
        Files.delete(upload);
      }
    }
  }

  private static void make(Path upload, ArchiveFormat format, double entropy) throws IOException {
    Random random = new Random(42);
    byte[] bytes = new byte[FILE];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(upload), 1 << 20)) {
      switch (format) {
        case ZIP -> {
          try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < FILES; i++) {
              zip.putNextEntry(new ZipEntry("weights-" + (FILES - i + 10) + ".bin"));
              zip.write(fill(bytes, random, entropy));
            }
          }
        }
        case TAR_GZ -> {
          try (TarArchiveOutputStream tar =
              new TarArchiveOutputStream(new GZIPOutputStream(out, 1 << 16))) {
            for (int i = 0; i < FILES; i++) {
              TarArchiveEntry entry = new TarArchiveEntry("weights-" + (FILES - i + 10) + ".bin");
              entry.setSize(FILE);
              tar.putArchiveEntry(entry);
              tar.write(fill(bytes, random, entropy));
              tar.closeArchiveEntry();
            }
          }
        }
      }
    }
  }

  /** Random bytes, of which a part only uses few values, so that it compresses like text. */
  private static byte[] fill(byte[] bytes, Random random, double entropy) {
    random.nextBytes(bytes);
    for (int i = (int) (bytes.length * entropy); i < bytes.length; i++) {
      bytes[i] = (byte) ('a' + (bytes[i] & 7));
    }
    return bytes;
  }

  @SuppressWarnings("SystemOut")
  private static void measure(Path folder, Path upload, String what, int rounds)
      throws IOException {
    BundleInspector inspector =
        new BundleInspector(new TestBundleConfig(folder.resolve("uploads")), Clock.systemUTC());
    double[] baseline = new double[rounds];
    double[] publish = new double[rounds];
    long size = 0;
    for (int i = -1; i < rounds; i++) { // The first one warms up.
      long start = System.nanoTime();
      baseline(upload, folder.resolve("copy"));
      long middle = System.nanoTime();
      size = publish(inspector, upload, folder.resolve("published"));
      long end = System.nanoTime();
      if (i >= 0) {
        baseline[i] = (middle - start) / 1e9;
        publish[i] = (end - middle) / 1e9;
      }
      Files.delete(folder.resolve("copy"));
      Files.delete(folder.resolve("published"));
    }
    Arrays.sort(baseline);
    Arrays.sort(publish);
    double base = baseline[rounds / 2];
    double own = publish[rounds / 2];
    System.out.printf(
        Locale.ROOT,
        "%-26s %10d %8d %11.3f %10.3f %6.2f %10.2f%n",
        what,
        Files.size(upload) >> 20,
        size >> 20,
        base,
        own,
        base / own,
        baseline[0] / publish[0]);
  }

  private static void baseline(Path upload, Path copy) throws IOException {
    Sha256.of(upload);
    Files.copy(upload, copy);
    sync(copy);
  }

  private static long publish(BundleInspector inspector, Path upload, Path published)
      throws IOException {
    try (InputStream body = Files.newInputStream(upload);
        Bundle bundle = inspector.inspect(body)) {
      sync(bundle.file());
      Files.move(bundle.file(), published, StandardCopyOption.ATOMIC_MOVE);
      return bundle.size();
    }
  }

  private static void sync(Path file) throws IOException {
    if (Boolean.parseBoolean(System.getProperty("sync", "true"))) {
      try (FileChannel channel = FileChannel.open(file, READ)) {
        channel.force(true);
      }
    }
  }
}
