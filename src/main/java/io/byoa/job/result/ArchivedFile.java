package io.byoa.job.result;

import io.byoa.engine.Outputs;
import io.byoa.store.CheckingInputStream;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoreFailures;
import io.byoa.store.StoredObject;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * One file of a gzipped tar in the store, read on the way through the archive: in constant memory,
 * and in the time that it takes to inflate what comes before it.
 */
final class ArchivedFile {

  private static final int BUFFER = 1 << 16;

  private ArchivedFile() {}

  /**
   * The file's bytes, checked while they flow against the size and the digest that were recorded
   * when the job ended.
   *
   * @throws io.byoa.common.FailureException 409 {@code object-altered} when the archive is not what
   *     it was, at once or in place of the end
   */
  static InputStream open(ObjectStore store, Outputs.Archive archive, Outputs.Member member) {
    StoredObject expected =
        new StoredObject(archive.object().key(), member.size(), member.sha256());
    InputStream stored = store.open(archive.object());
    try {
      TarArchiveInputStream tar =
          new TarArchiveInputStream(
              new GZIPInputStream(new BufferedInputStream(stored, BUFFER), BUFFER));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (entry.isFile() && path(entry).equals(member.path())) {
          return new CheckingInputStream(new Content(tar, expected), expected);
        }
      }
      throw StoreFailures.altered(archive.object(), "an archive without " + member.path());
    } catch (IOException e) {
      close(stored);
      throw StoreFailures.altered(archive.object(), "a damaged archive (" + e.getMessage() + ")");
    } catch (RuntimeException e) {
      close(stored);
      throw e;
    }
  }

  private static String path(TarArchiveEntry entry) {
    String name = entry.getName();
    return name.startsWith("./") ? name.substring(2) : name;
  }

  private static void close(InputStream stored) {
    try {
      stored.close();
    } catch (IOException _) {
      // It was only read.
    }
  }

  /** Tells damage in the archive as what it is. */
  private static final class Content extends FilterInputStream {

    private final StoredObject expected;

    Content(InputStream tar, StoredObject expected) {
      super(tar);
      this.expected = expected;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        throw StoreFailures.altered(expected, "a damaged archive (" + e.getMessage() + ")");
      }
    }
  }
}
