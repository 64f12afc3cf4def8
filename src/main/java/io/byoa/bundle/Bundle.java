package io.byoa.bundle;

import io.byoa.bundle.EntryNames.Name;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.commons.io.input.BoundedInputStream;

/**
 * Uploaded code after inspection: a canonical tar in a temporary file. The same tree is the same
 * bundle, on whatever system and with whatever tool it was archived.
 *
 * <p>Hand the file to the store with {@code store.move(key, bundle.file(), bundle.sha256())}; what
 * is left disappears when the bundle is closed. Not safe for use by several threads.
 */
public final class Bundle implements AutoCloseable {

  private static final int BUFFER = 1 << 18;
  private static final String TAR = "bundle.tar";

  private final WorkFolder folder;
  private final Path parent;
  private final ArchiveLimits limits;
  private final Sha256 sha256;
  private final long size;
  private final List<BundleFile> files;
  private final List<String> notices;

  private Bundle(
      WorkFolder folder,
      Path parent,
      ArchiveLimits limits,
      Sha256 sha256,
      long size,
      List<BundleFile> files,
      List<String> notices) {
    this.folder = folder;
    this.parent = parent;
    this.limits = limits;
    this.sha256 = sha256;
    this.size = size;
    this.files = List.copyOf(files);
    this.notices = List.copyOf(notices);
  }

  /** Writes the files, which come sorted, into {@code folder}, which belongs to the bundle then. */
  static Bundle pack(
      WorkFolder folder,
      Path parent,
      ArchiveLimits limits,
      List<PendingFile> pending,
      List<String> notices)
      throws IOException {
    List<BundleFile> files = new ArrayList<>(pending.size());
    byte[] buffer = new byte[BUFFER];
    try (CanonicalTarWriter tar = new CanonicalTarWriter(folder.file(TAR))) {
      for (PendingFile file : pending) {
        files.add(copy(file, tar, buffer));
      }
      Sha256 sha256 = tar.finish();
      return new Bundle(folder, parent, limits, sha256, tar.size(), files, notices);
    }
  }

  private static BundleFile copy(PendingFile file, CanonicalTarWriter tar, byte[] buffer)
      throws IOException {
    MessageDigest digester = Sha256.digester();
    try (FileContent content = file.source().open()) {
      int n = content.read(buffer);
      boolean executable = BundleFile.isExecutable(buffer, n);
      tar.file(file.path(), file.size(), executable);
      for (; n > 0; n = content.read(buffer)) {
        digester.update(buffer, 0, n);
        tar.content(buffer, 0, n);
      }
      return new BundleFile(file.path(), file.size(), Sha256.of(digester), executable);
    }
  }

  /** The digest of the tar, which is the identity of this code. */
  public Sha256 sha256() {
    return sha256;
  }

  /** Bytes of the tar. */
  public long size() {
    return size;
  }

  /** The tar; gone once it was moved into a store or the bundle is closed. */
  public Path file() {
    return folder.file(TAR);
  }

  /** The files, sorted by the bytes of their names. */
  public List<BundleFile> files() {
    return files;
  }

  /** What was tolerated, in sentences for the person who sent it. */
  public List<String> notices() {
    return notices;
  }

  /** The content of one file; empty when there is none at this path. */
  public Optional<InputStream> open(String path) throws IOException {
    Optional<FileRange> range = CanonicalTar.range(files, path);
    if (range.isEmpty()) {
      return Optional.empty();
    }
    FileChannel channel = FileChannel.open(file());
    channel.position(range.get().offset());
    return Optional.of(
        BoundedInputStream.builder()
            .setInputStream(Channels.newInputStream(channel))
            .setMaxCount(range.get().length())
            .get());
  }

  /**
   * A bundle of its own that has this file besides the others, or instead of the one at its path;
   * close both.
   *
   * @param path a safe relative path, such as {@code algorithm.json}
   * @throws FailureException 422 {@code archive-refused} when the path is not safe, or collides
   *     with another one
   */
  public Bundle with(String path, byte[] content) throws IOException {
    checkName(path);
    WorkFolder fresh = new WorkFolder(parent);
    try (FileChannel tar = FileChannel.open(file())) {
      List<PendingFile> pending = new ArrayList<>();
      pending.add(PendingFile.of(path, content));
      long[] offsets = TarLayout.offsets(files);
      for (int i = 0; i < offsets.length; i++) {
        BundleFile file = files.get(i);
        if (!file.path().equals(path)) {
          pending.add(PendingFile.within(file.path(), tar, offsets[i], file.size()));
        }
      }
      pending.sort(Comparator.comparing(PendingFile::path, BundleFile.BY_NAME));
      return pack(fresh, parent, limits, pending, notices);
    } catch (IOException | RuntimeException e) {
      fresh.close();
      throw e;
    }
  }

  private void checkName(String path) {
    Problems problems = new Problems();
    EntryNames names = new EntryNames(limits, problems);
    for (BundleFile file : files) {
      if (!file.path().equals(path)) {
        names.take(new Name(file.path(), false));
      }
    }
    Name name = names.check(path.getBytes(StandardCharsets.UTF_8));
    if (name != null && name.folder()) {
      problems.add(path, "is not the path of a file.");
    } else if (name != null) {
      names.take(name);
    }
    problems.raiseIfAny();
  }

  @Override
  public void close() {
    folder.close();
  }
}
