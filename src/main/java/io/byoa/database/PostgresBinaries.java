package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The programs of one PostgreSQL release, unpacked from BYOA's own libraries into a folder.
 *
 * @param folder holds {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path folder) {

  /** The release that is packed in; a test compares it with what the programs say. */
  static final String VERSION = "18.4.0";

  private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
  private static final String PREFIX = "bin-";

  static String majorVersion() {
    return VERSION.substring(0, VERSION.indexOf('.'));
  }

  Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /**
   * The programs under {@code parent}, unpacked there when they are missing. Those of other
   * releases in the same folder are left alone; see {@link #removeOthers}.
   */
  static PostgresBinaries under(Path parent, Progress progress) {
    Path folder = parent.resolve(PREFIX + VERSION);
    if (Files.isDirectory(folder)) {
      return new PostgresBinaries(folder);
    }
    refuseOtherMachines(System.getProperty("os.name"), System.getProperty("os.arch"));
    progress.tell("Unpacking PostgreSQL " + VERSION + " (first start only)");
    try {
      Path staging = Files.createTempDirectory(parent, "unpacking-");
      Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(staging);
      checkRuns(staging);
      moveIntoPlace(staging, folder);
    } catch (IOException e) {
      if (FullDisk.isMeantBy(Reason.of(e))) {
        throw FullDisk.refusal(parent);
      }
      throw new StartRefused(
          "PostgreSQL cannot be unpacked into %s: %s.".formatted(parent, Reason.of(e)), e);
    }
    return new PostgresBinaries(folder);
  }

  /**
   * Deletes what former releases, and unpacking that was interrupted, left under {@code parent}.
   */
  static void removeOthers(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      for (Path child : children.toList()) {
        String name = child.getFileName().toString();
        boolean former = name.startsWith(PREFIX) && !name.equals(PREFIX + VERSION);
        if (former || name.startsWith("unpacking-")) {
          delete(child);
        }
      }
    } catch (IOException e) {
      // Only disk space; the next start tries again.
    }
  }

  static void refuseOtherMachines(String system, String processor) {
    boolean linux = system.toLowerCase(Locale.ROOT).equals("linux");
    boolean amd64 = List.of("amd64", "x86_64").contains(processor);
    if (!linux || !amd64) {
      throw new StartRefused(
          "The embedded database is built for Linux on amd64, and this is %s on %s. Use a PostgreSQL of your own: BYOA_DATABASE_URL=jdbc:postgresql://host/database, with BYOA_DATABASE_USER and BYOA_DATABASE_PASSWORD."
              .formatted(system, processor));
    }
  }

  private static void unpack(Path target) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
      if (packed == null) {
        throw new IOException(ARCHIVE + " is missing from the application");
      }
      TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new BufferedInputStream(new XZInputStream(packed), 1 << 16), "UTF-8");
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(ARCHIVE + " holds a path outside of itself: " + entry.getName());
        }
        // Static libraries are for those who compile against PostgreSQL.
        if (entry.getName().endsWith(".a")) {
          continue;
        }
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(path.getParent());
          Files.copy(tar, path);
          boolean executable = (entry.getMode() & 0100) != 0;
          Files.setPosixFilePermissions(
              path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
      }
    }
  }

  /** Says now, in words, that a C library is missing or of another kind. */
  private static void checkRuns(Path unpacked) throws IOException {
    Path program = unpacked.resolve("bin").resolve("postgres");
    Program.Outcome outcome = Program.run(List.of(program.toString(), "--version"));
    if (!outcome.succeeded()) {
      throw new StartRefused(
          "PostgreSQL does not run on this machine: %s. It needs a Linux with glibc 2.17 or newer; on others set BYOA_DATABASE_URL to a PostgreSQL of your own."
              .formatted(outcome.lastWords()));
    }
  }

  private static void moveIntoPlace(Path staging, Path folder) throws IOException {
    try {
      Files.move(staging, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // Whoever shares this folder may have been faster; their copy is as good as ours.
      delete(staging);
      if (!Files.isDirectory(folder)) {
        throw e;
      }
    }
  }

  static void delete(Path tree) throws IOException {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
