package io.byoa.bundle;

import io.byoa.bundle.EntryNames.Name;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** An uploaded tar.gz: checked while it streams in, its files' contents one behind the other. */
final class TarGzArchive implements Closeable {

  private static final int BUFFER = 1 << 18;

  private final FileChannel spool;
  private final Problems problems;
  private final Contents contents;
  private final List<PendingFile> files = new ArrayList<>();
  private final byte[] buffer = new byte[BUFFER];
  private long spooled;

  TarGzArchive(Path spool, Problems problems, Contents contents) throws IOException {
    this.spool =
        FileChannel.open(
            spool,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    this.problems = problems;
    this.contents = contents;
  }

  /** Reads the upload to its end; refuses it with everything that was found. */
  List<PendingFile> read(UploadStream upload, InputStream packed, ArchiveLimits limits)
      throws IOException {
    Budget budget = new Budget(limits, problems, upload::count);
    EntryNames names = new EntryNames(limits, problems);
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(spool), BUFFER);
    try (InputStream unpacked = new GunzipStream(packed, problems, budget)) {
      spool(new TarReader(unpacked, problems), budget, names, out);
    }
    out.flush();
    problems.raiseIfAny();
    return files;
  }

  private void spool(TarReader tar, Budget budget, EntryNames names, OutputStream out)
      throws IOException {
    for (TarReader.Entry entry = tar.next(); entry != null; entry = tar.next()) {
      budget.entry();
      Name name = names.check(entry.name);
      if (entry.kind == TarReader.Kind.REFUSED || name == null) {
        continue;
      }
      name = new Name(name.path(), entry.kind == TarReader.Kind.FOLDER);
      if (name.path().isEmpty() && !name.folder()) {
        problems.add("./", "is a file without a name.");
      } else if (names.take(name) && contents.keeps(name)) {
        spool(name.path(), entry, tar, budget, out);
      }
    }
  }

  private void spool(
      String path, TarReader.Entry entry, TarReader tar, Budget budget, OutputStream out)
      throws IOException {
    budget.content(path, entry.size);
    long start = spooled;
    boolean shadow = false;
    for (int n = tar.read(buffer, 0, BUFFER); n > 0; n = tar.read(buffer, 0, BUFFER)) {
      shadow |= spooled == start && contents.isShadow(path, buffer, n);
      if (!problems.any()) { // Once it is refused, nothing more is written.
        out.write(buffer, 0, n);
      }
      spooled += n;
    }
    if (!shadow) {
      files.add(PendingFile.within(path, spool, start, spooled - start));
    }
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
