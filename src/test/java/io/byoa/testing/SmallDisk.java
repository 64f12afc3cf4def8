package io.byoa.testing;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own with a size of its own, in memory; only root can make one. */
public final class SmallDisk implements AutoCloseable {

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Makes one at an existing folder; the test is skipped, saying so, where that is not allowed. */
  public static SmallDisk at(Path folder, int mebibytes) {
    assumeThat(run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "none", folder + ""))
        .as("a small file system needs root and the right to mount")
        .isZero();
    return new SmallDisk(folder);
  }

  /** Fills it with a file until only so much is left; answers the file. */
  public Path fillUpTo(int mebibytesLeft) {
    try {
      Path filler = folder.resolve("filler");
      long free = Files.getFileStore(folder).getUsableSpace() - ((long) mebibytesLeft << 20);
      byte[] mebibyte = new byte[1 << 20];
      try (var out = Files.newOutputStream(filler)) {
        for (long written = 0; written + mebibyte.length <= free; written += mebibyte.length) {
          out.write(mebibyte);
        }
      }
      return filler;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    run("umount", "-l", folder.toString());
  }

  private static int run(String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
