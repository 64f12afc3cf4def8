package io.byoa.access;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file that holds the first admin token, for its owner's eyes only.
 *
 * @param path {@code <data>/admin-token}
 */
record AdminTokenFile(Path path) {

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final int LONGEST = 200;

  static AdminTokenFile in(Path data) {
    return new AdminTokenFile(data.toAbsolutePath().normalize().resolve("admin-token"));
  }

  /**
   * The token in the file; empty when there is none that only its owner could have read and
   * written.
   */
  Optional<Token> read() throws IOException {
    try {
      PosixFileAttributes attributes =
          Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      boolean ours =
          attributes.isRegularFile()
              && attributes.size() <= LONGEST
              && OWNER_ONLY.containsAll(attributes.permissions())
              && attributes.owner().equals(Files.getOwner(path.resolveSibling(".")));
      return ours
          ? Token.parse(Files.readString(path, StandardCharsets.US_ASCII).strip())
              .filter(token -> token.kind() == Token.Kind.ADM)
          : Optional.empty();
    } catch (NoSuchFileException _) {
      return Optional.empty();
    }
  }

  /** Puts the token into the file, durably and at once: a reader finds all of it, or what was. */
  void write(Token token) throws IOException {
    Path folder = path.resolveSibling(".").normalize();
    Path temporary =
        Files.createTempFile(
            folder, ".admin-token", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try {
      try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap((token.secret() + "\n").getBytes(StandardCharsets.US_ASCII)));
        file.force(true);
      }
      Files.move(temporary, path, ATOMIC_MOVE);
      try (FileChannel entry = FileChannel.open(folder, StandardOpenOption.READ)) {
        entry.force(true);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
