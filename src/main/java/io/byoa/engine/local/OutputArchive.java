package io.byoa.engine.local;

import io.byoa.common.Sha256;
import io.byoa.engine.Outputs.Member;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A folder that a program filled, as a gzipped tar: the same files make the same bytes. Only
 * regular files go in. What else a program made (links, pipes, sockets) is left out, and links are
 * never followed: they may point to what the program could not read itself.
 *
 * @param sha256 of the archive
 * @param members what is in it, sorted by path
 */
record OutputArchive(Path file, long size, Sha256 sha256, List<Member> members) {

  OutputArchive {
    members = List.copyOf(members);
  }

  /** More than a program may leave. */
  static final class TooLargeException extends IOException {
    TooLargeException(long limit) {
      super(
          "The program left more than %d MiB, the limit of this installation."
              .formatted(limit >> 20));
    }
  }

  /**
   * Packs a folder; an archive without members when there is nothing in it.
   *
   * @param folder below {@code base}; each step of the way is checked for links
   * @param limit bytes of all files together
   * @param leftOut told what is left out, a sentence each
   */
  static OutputArchive pack(
      Path base, String folder, Path target, long limit, Consumer<String> leftOut)
      throws IOException {
    Map<String, Path> files = new TreeMap<>();
    if (isFolder(base, folder)) {
      collect(base.resolve(folder), folder, files, limit, leftOut);
    }
    List<Member> members = new ArrayList<>();
    MessageDigest digest = Sha256.digester();
    try (OutputStream raw = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
        DigestOutputStream digesting = new DigestOutputStream(raw, digest);
        GZIPOutputStream gzip = new GZIPOutputStream(digesting, 1 << 16);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      for (Map.Entry<String, Path> file : files.entrySet()) {
        members.add(add(tar, file.getKey(), file.getValue()));
      }
    }
    return new OutputArchive(target, Files.size(target), Sha256.of(digest), members);
  }

  /** Whether each step of the way is a folder and not a link to one. */
  static boolean isFolder(Path base, String folder) {
    Path path = base;
    for (String step : folder.split("/", -1)) {
      path = path.resolve(step);
      if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        return false;
      }
    }
    return true;
  }

  private static void collect(
      Path root, String name, Map<String, Path> files, long limit, Consumer<String> leftOut)
      throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          private long total;

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
              throws IOException {
            String relative = root.relativize(path).toString();
            if (attributes.isRegularFile()) {
              total += attributes.size();
              if (total > limit) {
                throw new TooLargeException(limit);
              }
              files.put(relative, path);
            } else {
              String what = attributes.isSymbolicLink() ? "a symbolic link" : "not a regular file";
              leftOut.accept("%s/%s is %s and was left out.".formatted(name, relative, what));
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static Member add(TarArchiveOutputStream tar, String name, Path path) throws IOException {
    PosixFileAttributes attributes =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(attributes.size());
    entry.setModTime(0);
    entry.setIds(0, 0);
    boolean executable = attributes.permissions().contains(PosixFilePermission.OWNER_EXECUTE);
    entry.setMode(executable ? 0100755 : 0100644);
    tar.putArchiveEntry(entry);
    MessageDigest digest = Sha256.digester();
    try (InputStream in =
        Channels.newInputStream(
            Files.newByteChannel(
                path, java.util.Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        tar.write(buffer, 0, n);
      }
    }
    tar.closeArchiveEntry();
    return new Member(name, attributes.size(), Sha256.of(digest));
  }
}
