package io.byoa.engine.local.input;

import io.byoa.engine.Fault;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.local.sandbox.Account;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Input that lies on this machine already, under the path that was allowed. It is not copied, so it
 * is looked at until the program starts: who may write there could put a link in the way.
 */
public final class LocalInput {

  private static final int LOOKED_AT = 10_000;

  private LocalInput() {}

  /**
   * Why a program cannot be given its inputs on this machine; absent when it can.
   *
   * @param account whom the program runs as; absent when it has the server's own rights
   */
  public static @Nullable Fault fault(TrainingOrder order, @Nullable Account account) {
    for (Input input : order.inputs()) {
      if (input.source() instanceof InputSource.Local(Path path)) {
        Fault fault = fault(input.channel(), path);
        if (fault == null && account != null) {
          fault = closed(input.channel(), path);
        }
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  /**
   * What programs, which belong to nobody's group, may not read; only the first files are asked.
   */
  private static @Nullable Fault closed(String channel, Path path) {
    try (Stream<Path> files = Files.walk(path)) {
      return files
          .limit(LOOKED_AT)
          .filter(file -> !isOpen(file))
          .findFirst()
          .map(file ->
              new Fault(
                  Fault.Code.INPUT_MISSING,
                  "The input '%s' cannot be read by programs, which run as users of their own: %s is not open to everybody. On the server: chmod -R o+rX %s"
                      .formatted(channel, file, path)))
          .orElse(null);
    } catch (IOException | UncheckedIOException e) {
      return null; // It changes while it is looked at; the program will see.
    }
  }

  private static boolean isOpen(Path file) {
    try {
      Set<PosixFilePermission> modes =
          Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
      return modes.contains(PosixFilePermission.OTHERS_READ)
          && (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
              || modes.contains(PosixFilePermission.OTHERS_EXECUTE));
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The path, which leads through no link.
   *
   * @throws IOException when it does, or when nothing readable is there
   */
  public static Path require(Input input, Path path) throws IOException {
    Fault fault = fault(input.channel(), path);
    if (fault != null) {
      throw new IOException(fault.detail());
    }
    return path;
  }

  private static @Nullable Fault fault(String channel, Path path) {
    try {
      // The order names the real path, so any link on it has been put there since.
      if (path.toRealPath().equals(path) && Files.isReadable(path)) {
        return null;
      }
    } catch (IOException e) {
      // It is not there.
    }
    return new Fault(
        Fault.Code.INPUT_MISSING,
        "The input '%s' is missing. %s is not there any more, leads elsewhere by now, or cannot be read by the server."
            .formatted(channel, path));
  }
}
