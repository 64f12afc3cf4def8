package io.byoa.engine.local;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.engine.Outputs;
import io.byoa.engine.TrainingOrder;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings what a program left into the store. Doing it again gives the same. */
final class OutputKeeper {

  private static final int FAILURE_CHARACTERS = 1024;

  private final ObjectStore store;
  private final LaunchFolder folder;
  private final TrainingOrder order;
  private final long limit;

  OutputKeeper(ObjectStore store, LaunchFolder folder, TrainingOrder order, long limit) {
    this.store = store;
    this.folder = folder;
    this.order = order;
    this.limit = limit;
  }

  /** Packs and stores. */
  Outputs keep(@Nullable StoredObject packages) throws IOException {
    List<String> leftOut = new ArrayList<>();
    Trees.delete(folder.packing());
    LaunchFolder.createPrivate(folder.packing());
    Outputs.Archive model = archive("model", "model.tar.gz", leftOut);
    Outputs.Archive data = archive("output/data", "output.tar.gz", leftOut);
    Trees.delete(folder.packing());
    tell(leftOut);
    return new Outputs(model, data, packages);
  }

  private Outputs.@Nullable Archive archive(String of, String name, List<String> leftOut)
      throws IOException {
    OutputArchive archive =
        OutputArchive.pack(folder.ml(), of, folder.packing().resolve(name), limit, leftOut::add);
    if (archive.members().isEmpty()) {
      return null;
    }
    ObjectKey key = order.output(name);
    try {
      return new Outputs.Archive(
          store.move(key, archive.file(), archive.sha256()), archive.members());
    } catch (FailureException e) {
      if (!(e.failure() instanceof Failure.Conflict)) {
        throw e;
      }
      // Another build of this server was killed on the way and compressed to other bytes.
      store.delete(key);
      return new Outputs.Archive(
          store.move(key, archive.file(), archive.sha256()), archive.members());
    }
  }

  /** Once, also when this is done again after a crash. */
  private void tell(List<String> leftOut) throws IOException {
    Path told = folder.path().resolve("told");
    if (!leftOut.isEmpty() && !Files.exists(told)) {
      AtomicFile.mark(told);
      JobLog log = new JobLog(folder.log());
      for (String sentence : leftOut.subList(0, Math.min(20, leftOut.size()))) {
        log.note(sentence);
      }
      if (leftOut.size() > 20) {
        log.note("%d more were left out.".formatted(leftOut.size() - 20));
      }
    }
  }

  /** What the program wrote to {@code output/failure}; empty when there is nothing. */
  String failure() throws IOException {
    Path file = folder.ml().resolve("output/failure");
    if (!OutputArchive.isFolder(folder.ml(), "output")
        || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return "";
    }
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      // A character takes up to four bytes.
      String text =
          new String(
              in.readNBytes(4 * FAILURE_CHARACTERS), java.nio.charset.StandardCharsets.UTF_8);
      return text.codePointCount(0, text.length()) <= FAILURE_CHARACTERS
          ? text
          : text.substring(0, text.offsetByCodePoints(0, FAILURE_CHARACTERS));
    }
  }
}
