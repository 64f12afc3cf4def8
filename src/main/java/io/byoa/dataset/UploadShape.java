package io.byoa.dataset;

import io.byoa.bundle.ArchiveFormat;
import io.byoa.common.Failure;
import io.byoa.common.MediaTypes;
import io.byoa.web.FileType;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an uploaded body is: an archive to be unpacked, or one file to be kept as it is. */
sealed interface UploadShape {

  /** A zip or a tar.gz. */
  record Archive() implements UploadShape {}

  /** One file of this name. */
  record File(String name) implements UploadShape {}

  /** What clients send for an archive. */
  Set<String> ARCHIVES =
      Set.of(
          "application/zip",
          "application/x-zip-compressed",
          "application/gzip",
          "application/x-gzip",
          "application/x-tar+gzip",
          "application/x-compressed-tar",
          "application/tar+gzip");

  /** What clients send when nobody told them what it is; the second one is curl's own choice. */
  Set<String> UNSPECIFIED =
      Set.of("", "application/octet-stream", "application/x-www-form-urlencoded");

  /**
   * Decides by the file's name, if there is one: that is one file, even when it is a zip; then by
   * the media type; then by the first bytes. A file without a name is called {@code data}, with the
   * extension of its media type.
   *
   * @param fileName of {@code Content-Disposition}
   * @param head the body's first {@link ArchiveFormat#HEAD} bytes, or all of it
   * @throws io.byoa.common.FailureException 415 {@code upload-format} for a form
   */
  static UploadShape of(@Nullable String contentType, @Nullable String fileName, byte[] head) {
    String type = contentType == null ? "" : MediaTypes.essence(contentType);
    if (type.startsWith("multipart/")) {
      throw new Failure.UnsupportedMediaType(
              "upload-format",
              "A dataset is uploaded as the request's whole body and not as a form. Send the archive"
                  + " (application/zip, application/gzip), or one file with its name in"
                  + " Content-Disposition: attachment; filename=\"data.csv\".")
          .raise();
    }
    if (fileName != null) {
      return new File(fileName);
    }
    if (ARCHIVES.contains(type)
        || (UNSPECIFIED.contains(type) && ArchiveFormat.of(head).isPresent())) {
      return new Archive();
    }
    return new File("data" + FileType.extension(type).map(found -> "." + found).orElse(""));
  }
}
