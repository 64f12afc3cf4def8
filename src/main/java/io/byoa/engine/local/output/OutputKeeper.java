package io.byoa.engine.local.output;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import io.byoa.engine.FileList;
import io.byoa.engine.Outputs;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Brings what a program left into the store. Doing it again gives the same. */
public final class OutputKeeper {

  private static final int FAILURE_CHARACTERS = 1024;

  private final ObjectStore store;
  private final LaunchFolder folder;
  private final TrainingOrder order;
  private final OutputLimits limits;

  /** Keeps what the program of this launch leaves. */
  public OutputKeeper(
      ObjectStore store, LaunchFolder folder, TrainingOrder order, OutputLimits limits) {
    this.store = store;
    this.folder = folder;
    this.order = order;
    this.limits = limits;
  }

  /** Packs and stores. */
  public Outputs keep(@Nullable StoredObject packages) throws IOException {
    LeftOut leftOut = new LeftOut();
    Trees.delete(folder.packing());
    PrivateFolder.create(folder.packing());
    try {
      Outputs.Archive model = archive("model", "model.tar.gz", leftOut);
      Outputs.Archive data = archive("output/data", "output.tar.gz", leftOut);
      leftOut.tell(folder);
      Trees.delete(folder.packing());
      return new Outputs(model, data, packages);
    } catch (OutputLimits.ExceededException e) {
      // In the log too: a program that failed has another failure to tell.
      LeftOut all = new LeftOut();
      all.add(e.getMessage() + " Nothing of what it left was kept.");
      all.tell(folder);
      Trees.delete(folder.packing());
      throw e;
    }
  }

  private Outputs.@Nullable Archive archive(String of, String name, LeftOut leftOut)
      throws IOException {
    OutputTree tree = new OutputTree(folder.ml(), of, limits);
    OutputArchive archive = OutputArchive.pack(tree, folder.packing().resolve(name), leftOut::add);
    FileList list = archive.list();
    if (list.many()) {
      // The list first: nobody needs one without its archive, and there it is taken away.
      StoredObject listed = store(name + FileList.SUFFIX, list.file(), list.sha256());
      return new Outputs.Archive(store(name, archive.file(), archive.sha256()), list.few(), listed);
    }
    return list.few().isEmpty()
        ? null
        : new Outputs.Archive(store(name, archive.file(), archive.sha256()), list.few());
  }

  private StoredObject store(String name, Path file, Sha256 sha256) {
    ObjectKey key = order.output(name);
    try {
      return store.move(key, file, sha256);
    } catch (FailureException e) {
      if (!(e.failure() instanceof Failure.Conflict)) {
        throw e;
      }
      // Another build of this server was killed on the way and compressed to other bytes.
      store.delete(key);
      return store.move(key, file, sha256);
    }
  }

  /** What the program wrote to {@code output/failure}; empty when there is nothing. */
  public String failure() throws IOException {
    Path file = folder.ml().resolve("output/failure");
    if (!new OutputTree(folder.ml(), "output", limits).exists()
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
