package io.byoa.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An uploaded zip: spooled to disk, since its directory is at its end, and then read in order. */
final class ZipArchive implements Closeable {

  private static final int BUFFER = 1 << 18;

  private final Arena arena = Arena.ofConfined();
  private final Path spool;
  private final Problems problems;
  private final Contents contents;

  ZipArchive(Path spool, Problems problems, Contents contents) {
    this.spool = spool;
    this.problems = problems;
    this.contents = contents;
  }

  /** Reads the upload to its end; refuses it with everything that its headers show to be wrong. */
  List<PendingFile> read(InputStream upload, ArchiveLimits limits) throws IOException {
    spool(upload);
    try (FileChannel channel = FileChannel.open(spool)) {
      ZipBytes zip =
          new ZipBytes(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
      Budget budget = new Budget(limits, problems, zip::size);
      EntryNames names = new EntryNames(limits, problems);
      List<ZipMember> members =
          new ZipDirectory(zip, limits, problems, budget).read(names, contents);
      problems.raiseIfAny();
      return members.stream()
          .filter(member -> !isShadow(zip, member))
          .map(member -> pending(zip, member, budget))
          .toList();
    }
  }

  private void spool(InputStream upload) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (var out = Files.newOutputStream(spool)) {
      for (int n = upload.read(buffer); n >= 0; n = upload.read(buffer)) {
        out.write(buffer, 0, n);
      }
    }
  }

  private boolean isShadow(ZipBytes zip, ZipMember member) {
    if (!member.path().startsWith("._", member.path().lastIndexOf('/') + 1)) {
      return false;
    }
    byte[] all = new byte[(int) Math.min(member.size() + 1, BUFFER)];
    try (ZipContent content = new ZipContent(zip, member, problems)) {
      return contents.isShadow(member.path(), all, content.read(all));
    }
  }

  private PendingFile pending(ZipBytes zip, ZipMember member, Budget budget) {
    return new PendingFile(
        member.path(),
        member.size(),
        () -> new Counted(new ZipContent(zip, member, problems), member.path(), budget));
  }

  private record Counted(ZipContent content, String path, Budget budget) implements FileContent {
    @Override
    public int read(byte[] buffer) {
      int n = content.read(buffer);
      budget.content(path, n);
      budget.unpacked(n);
      return n;
    }

    @Override
    public void close() {
      content.close();
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
