package io.byoa.engine.local.output;

import io.byoa.common.Sha256;
import io.byoa.engine.FileList;
import io.byoa.engine.Outputs.Member;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A folder that a program filled, as a gzipped tar: the same files make the same bytes. Only
 * regular files go in; what else a program made (links, pipes, sockets) is left out. Packed file by
 * file, in constant memory.
 *
 * @param sha256 of the archive
 * @param list what is in it
 */
record OutputArchive(Path file, Sha256 sha256, FileList list) {

  /**
   * Packs a folder; an archive without files when there is nothing in it.
   *
   * @param target where the archive goes, with its list beside it
   * @param leftOut told what is left out, a sentence each
   */
  static OutputArchive pack(OutputTree tree, Path target, Consumer<String> leftOut)
      throws IOException {
    // First, so that too much is refused before the disk is filled with its archive.
    tree.check();
    FileList list = new FileList(target.resolveSibling(target.getFileName() + FileList.SUFFIX));
    MessageDigest digest = Sha256.digester();
    try (list;
        OutputStream raw = new BufferedOutputStream(Files.newOutputStream(target), 1 << 16);
        DigestOutputStream digesting = new DigestOutputStream(raw, digest);
        GZIPOutputStream gzip = new GZIPOutputStream(digesting, 1 << 16);
        TarArchiveOutputStream tar = new TarArchiveOutputStream(gzip, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
      tar.setAddPaxHeadersForNonAsciiNames(true);
      tree.walk((name, path) -> list.add(add(tar, name, path)), leftOut);
    }
    return new OutputArchive(target, Sha256.of(digest), list);
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
                path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)))) {
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
