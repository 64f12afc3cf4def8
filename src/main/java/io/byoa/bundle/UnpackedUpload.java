package io.byoa.bundle;

import io.byoa.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * Uploaded data after inspection: its files, each a temporary file of its own.
 *
 * <p>Hand each to the store with {@code store.move(key, file.file(), file.sha256())}; what is left
 * disappears when the upload is closed.
 */
public final class UnpackedUpload implements AutoCloseable {

  private static final int BUFFER = 1 << 18;

  private final WorkFolder folder;
  private final List<UnpackedFile> files;
  private final List<String> notices;

  private UnpackedUpload(WorkFolder folder, List<UnpackedFile> files, List<String> notices) {
    this.folder = folder;
    this.files = List.copyOf(files);
    this.notices = List.copyOf(notices);
  }

  /** Writes the files, which come sorted, into {@code folder}, which belongs to the upload then. */
  static UnpackedUpload of(
      WorkFolder folder, ArchiveLimits limits, List<PendingFile> pending, List<String> notices)
      throws IOException {
    long written = 0;
    List<UnpackedFile> files = new ArrayList<>(pending.size());
    byte[] buffer = new byte[BUFFER];
    for (PendingFile file : pending) {
      Path target = folder.file(Integer.toString(files.size()));
      try (FileContent content = file.source().open();
          OutputStream out = create(target)) {
        MessageDigest digester = Sha256.digester();
        long size = 0;
        for (int n = content.read(buffer); n > 0; n = content.read(buffer)) {
          digester.update(buffer, 0, n);
          out.write(buffer, 0, n);
          size += n;
          limits.checkRoom(written, n);
          written += n;
        }
        files.add(new UnpackedFile(file.path(), size, Sha256.of(digester), target));
      }
    }
    return new UnpackedUpload(folder, files, notices);
  }

  /** Writes the one file that the body is. */
  static UnpackedUpload single(WorkFolder folder, String name, InputStream body)
      throws IOException {
    Path target = folder.file("0");
    byte[] buffer = new byte[BUFFER];
    MessageDigest digester = Sha256.digester();
    long size = 0;
    try (OutputStream out = create(target)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        digester.update(buffer, 0, n);
        out.write(buffer, 0, n);
        size += n;
      }
    }
    UnpackedFile file = new UnpackedFile(name, size, Sha256.of(digester), target);
    return new UnpackedUpload(folder, List.of(file), List.of());
  }

  private static OutputStream create(Path file) throws IOException {
    return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
  }

  /** The files, sorted by the bytes of their names. */
  public List<UnpackedFile> files() {
    return files;
  }

  /** What was tolerated, in sentences for the person who sent it. */
  public List<String> notices() {
    return notices;
  }

  @Override
  public void close() {
    folder.close();
  }
}
