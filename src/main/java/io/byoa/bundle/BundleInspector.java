package io.byoa.bundle;

import io.byoa.common.FailureException;
import io.byoa.store.StoreFailures;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Turns an upload into a {@link Bundle}, or refuses it: archives that are wrong in any way are
 * never repaired. Works in constant memory, whatever the upload's size.
 */
@Singleton
public final class BundleInspector {

  private static final Duration LEFTOVER_AGE = Duration.ofHours(24);

  private final Path parent;
  private final long keepFree;
  private final ArchiveLimits limits;
  private final InstantSource time;

  /** Inspects below {@code config.folder()}, which is made when it is needed. */
  public BundleInspector(BundleConfig config, InstantSource time) {
    this.parent = config.folder().toAbsolutePath().normalize();
    this.keepFree = config.keepFree().asLongValue();
    this.limits = ArchiveLimits.of(config).alsoWatching(this::requireRoom);
    this.time = time;
  }

  /**
   * Reads the body, a zip or a tar.gz by its first bytes, to its end. Close the bundle.
   *
   * @throws FailureException 413 {@code archive-too-large}; 415 {@code archive-format}; 422 {@code
   *     archive-refused} with all problems found, each pointing at its entry; 507 {@code
   *     storage-full}
   * @throws IOException when the body itself could not be read to its end
   */
  public Bundle inspect(InputStream body) throws IOException {
    return read(
        new UploadStream(body, limits),
        (upload, folder) ->
            archive(
                upload,
                folder,
                limits,
                (files, notices) -> Bundle.pack(folder, parent, limits, files, notices)));
  }

  /**
   * Reads an archive of data under limits of its own, refuses what {@link #inspect} refuses, and
   * keeps its files one by one. Close the answer.
   *
   * @throws FailureException as {@link #inspect}
   * @throws IOException as {@link #inspect}
   */
  public UnpackedUpload unpack(InputStream body, ArchiveLimits ofData) throws IOException {
    ArchiveLimits dataLimits = ofData.alsoWatching(this::requireRoom);
    return read(
        new UploadStream(body, dataLimits),
        (upload, folder) ->
            archive(
                upload,
                folder,
                dataLimits,
                (files, notices) -> UnpackedUpload.of(folder, dataLimits, files, notices)));
  }

  /**
   * Reads a body that is one file, whatever it holds; its name obeys the rules of names in archives
   * and has no folder. Close the answer.
   *
   * @throws FailureException 413 {@code archive-too-large}; 422 {@code file-name-refused}; 507
   *     {@code storage-full}
   * @throws IOException as {@link #inspect}
   */
  public UnpackedUpload single(String name, InputStream body, ArchiveLimits ofData)
      throws IOException {
    ArchiveLimits dataLimits = ofData.alsoWatching(this::requireRoom);
    EntryNames.requireFileName(name, dataLimits);
    return read(
        new UploadStream(body, dataLimits),
        (upload, folder) -> UnpackedUpload.single(folder, name, upload));
  }

  /** What becomes of an upload; on success the folder belongs to it. */
  private interface Reading<T> {
    T from(UploadStream upload, WorkFolder folder) throws IOException;
  }

  /** What becomes of an archive's files, which are sorted. */
  private interface Packing<T> {
    T of(List<PendingFile> files, List<String> notices) throws IOException;
  }

  private <T> T read(UploadStream upload, Reading<T> reading) throws IOException {
    try {
      WorkFolder folder = new WorkFolder(parent);
      try {
        requireRoom();
        return reading.from(upload, folder);
      } catch (IOException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      if (upload.broken() != null) {
        throw upload.broken();
      }
      throw failed(e);
    }
  }

  private static <T> T archive(
      UploadStream upload, WorkFolder folder, ArchiveLimits limits, Packing<T> packing)
      throws IOException {
    byte[] head = upload.readNBytes(ArchiveFormat.HEAD);
    ArchiveFormat format = ArchiveFormat.detect(head);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(head), upload);
    Problems problems = new Problems();
    Contents contents = new Contents();
    Path spool = folder.file("spool");
    T packed =
        switch (format) {
          case ZIP -> {
            try (ZipArchive zip = new ZipArchive(spool, problems, contents)) {
              List<PendingFile> files = contents.arrange(zip.read(whole, limits), problems);
              yield packing.of(files, contents.notices());
            }
          }
          case TAR_GZ -> {
            try (TarGzArchive tar = new TarGzArchive(spool, problems, contents)) {
              List<PendingFile> files = contents.arrange(tar.read(upload, whole, limits), problems);
              yield packing.of(files, contents.notices());
            }
          }
        };
    Files.delete(spool);
    return packed;
  }

  private void requireRoom() {
    try {
      if (Files.getFileStore(parent).getUsableSpace() < keepFree) {
        throw StoreFailures.full(parent.toString());
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(IOException cause) {
    String message = String.valueOf(cause.getMessage());
    if (message.contains("No space left") || message.contains("quota exceeded")) {
      return StoreFailures.full(parent.toString());
    }
    return new UncheckedIOException(cause);
  }

  /** Removes what killed inspections left more than 24 hours ago; answers how many folders. */
  public int removeLeftovers() throws IOException {
    int removed = 0;
    try (Stream<Path> folders = Files.list(parent)) {
      for (Path folder : (Iterable<Path>) folders::iterator) {
        boolean ours = String.valueOf(folder.getFileName()).startsWith(WorkFolder.PREFIX);
        if (ours && isOld(folder)) {
          WorkFolder.delete(folder);
          removed++;
        }
      }
    } catch (NoSuchFileException e) {
      return removed; // Nothing was ever inspected here.
    }
    return removed;
  }

  private boolean isOld(Path folder) throws IOException {
    return Files.getLastModifiedTime(folder)
        .toInstant()
        .plus(LEFTOVER_AGE)
        .isBefore(time.instant());
  }
}
