package io.byoa.job.claim;

import io.byoa.common.IdSource;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Which data folder this server works in. Jobs that run on this machine belong to it: only a server
 * with the same folder finds their processes again.
 */
@Singleton
public class Node {

  private final String id;

  Node(@ConfigProperty(name = "byoa.data", defaultValue = "./data") Path data, IdSource ids) {
    try {
      id = readOrCreate(data.resolve("node"), ids);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep this machine's id in " + data, e);
    }
  }

  /** Made once for a data folder, and kept in it. */
  public String id() {
    return id;
  }

  private static String readOrCreate(Path file, IdSource ids) throws IOException {
    try {
      return Files.readString(file).strip();
    } catch (NoSuchFileException e) {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Path staged = file.resolveSibling("node.new");
      Files.writeString(staged, ids.next(), StandardCharsets.UTF_8);
      try (FileChannel channel = FileChannel.open(staged, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(staged, file, StandardCopyOption.ATOMIC_MOVE);
      return Files.readString(file).strip();
    }
  }
}
