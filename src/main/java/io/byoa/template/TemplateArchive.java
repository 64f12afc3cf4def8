package io.byoa.template;

import io.byoa.bundle.ArchiveFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * A template packed for a download: sorted, with fixed times and owners, so that every replica
 * sends the same bytes. Files lie at the archive's root: it is unpacked into a project's folder.
 */
final class TemplateArchive {

  /** The earliest time that a zip can tell. */
  private static final Instant MODIFIED = Instant.parse("1980-01-01T00:00:00Z");

  private static final int PLAIN_FILE = 0100644;

  private TemplateArchive() {}

  static byte[] pack(SortedMap<String, byte[]> files, ArchiveFormat format) {
    try {
      return switch (format) {
        case ZIP -> zip(files);
        case TAR_GZ -> tarGz(files);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stored, not deflated: a few kilobytes are not worth depending on a compressor's version. */
  private static byte[] zip(SortedMap<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        CRC32 crc = new CRC32();
        crc.update(file.getValue());
        ZipArchiveEntry entry = new ZipArchiveEntry(file.getKey());
        entry.setMethod(ZipArchiveEntry.STORED);
        entry.setSize(file.getValue().length);
        entry.setCrc(crc.getValue());
        entry.setUnixMode(PLAIN_FILE);
        // 1980-01-01 00:00 in the zip's own, zoneless, words.
        entry.setTimeLocal(MODIFIED.atOffset(java.time.ZoneOffset.UTC).toLocalDateTime());
        zip.putArchiveEntry(entry);
        zip.write(file.getValue());
        zip.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tarGz(SortedMap<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    GzipParameters parameters = new GzipParameters();
    parameters.setModificationInstant(MODIFIED);
    try (TarArchiveOutputStream tar =
        new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, parameters))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(file.getValue().length);
        entry.setMode(PLAIN_FILE);
        entry.setIds(0, 0);
        entry.setNames("", "");
        entry.setModTime(MODIFIED.toEpochMilli());
        tar.putArchiveEntry(entry);
        tar.write(file.getValue());
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }
}
