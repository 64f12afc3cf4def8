package io.byoa.engine.local;

import io.byoa.engine.Fault;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Input that lies on this machine already, under the path that was allowed. It is not copied, so it
 * is looked at until the program starts: who may write there could put a link in the way.
 */
final class LocalInput {

  private LocalInput() {}

  /** Why a program cannot be given its inputs on this machine; absent when it can. */
  static @Nullable Fault fault(TrainingOrder order) {
    for (Input input : order.inputs()) {
      if (input.source() instanceof InputSource.Local(Path path)) {
        Fault fault = fault(input.channel(), path);
        if (fault != null) {
          return fault;
        }
      }
    }
    return null;
  }

  /**
   * The path, which leads through no link.
   *
   * @throws IOException when it does, or when nothing readable is there
   */
  static Path require(Input input, Path path) throws IOException {
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
