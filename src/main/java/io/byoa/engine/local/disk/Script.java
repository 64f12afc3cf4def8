package io.byoa.engine.local.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The scripts of this build, which lie on the class path where no shell can read them. */
public final class Script {

  private Script() {}

  /** Puts one where a shell can read it, and says where that is. */
  public static Path install(Path folder, String name) throws IOException {
    Path file = folder.resolve(name);
    AtomicFile.write(file, content(name));
    return file;
  }

  /** What one says. */
  public static String text(String name) throws IOException {
    return new String(content(name), StandardCharsets.UTF_8);
  }

  private static byte[] content(String name) throws IOException {
    try (InputStream in = Script.class.getResourceAsStream("/engine/local/" + name)) {
      if (in == null) {
        throw new IOException("Not in this build: " + name);
      }
      return in.readAllBytes();
    }
  }
}
