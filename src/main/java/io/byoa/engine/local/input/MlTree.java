package io.byoa.engine.local.input;

import io.byoa.common.FailureException;
import io.byoa.engine.Fault;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputFile;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.contract.RenderedContract;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Fills the folder that a program sees as {@code /opt/ml}, freshly for every start: what an earlier
 * start left in it went with its machine, as on spot capacity; checkpoints lie elsewhere.
 *
 * <p>Objects of the store are copied and checked while they are: a program owns its folder, and
 * must not be able to change what is stored by writing to its inputs.
 */
public final class MlTree {

  private static final List<String> FOLDERS =
      List.of(
          "input/config",
          "input/data",
          "code",
          "model",
          "output/data",
          "output/intermediate",
          "checkpoints");

  private final ObjectStore store;
  private final LaunchFolder folder;
  private final @Nullable Account account;

  /**
   * A folder to be filled.
   *
   * @param account whom the program runs as; absent when it has the server's own rights
   */
  public MlTree(ObjectStore store, LaunchFolder folder, @Nullable Account account) {
    this.store = store;
    this.folder = folder;
    this.account = account;
  }

  /**
   * Fills it.
   *
   * @param enough asked between files; true ends the work early
   * @return why the program cannot be started; absent when it can
   */
  public @Nullable Fault fill(
      TrainingOrder order, RenderedContract contract, BooleanSupplier enough) throws IOException {
    Path ml = folder.ml();
    Trees.delete(ml);
    Trees.delete(folder.scratch());
    PrivateFolder.create(folder.scratch());
    for (String name : FOLDERS) {
      Files.createDirectories(ml.resolve(name));
    }
    PrivateFolder.create(folder.checkpoints());
    try {
      CodeArchive.unpack(store, order.code(), ml.resolve("code"));
    } catch (FailureException e) {
      StoreTrouble.rethrowIfTemporary(e);
      return StoreTrouble.ofCode(e);
    }
    Fault moved = LocalInput.fault(order, account);
    if (moved != null) {
      return moved;
    }
    for (Input input : order.inputs()) {
      Fault fault = fetch(input, ml.resolve("input/data").resolve(input.channel()), enough);
      if (fault != null || enough.getAsBoolean()) {
        return fault;
      }
    }
    for (Map.Entry<String, byte[]> file : contract.files().entrySet()) {
      Files.write(CodeArchive.inside(ml, file.getKey()), file.getValue());
    }
    return null;
  }

  private @Nullable Fault fetch(Input input, Path target, BooleanSupplier enough)
      throws IOException {
    Files.createDirectories(target);
    return switch (input.source()) {
      case InputSource.Files files -> copy(input, files, target, enough);
      case InputSource.Local _ -> null; // see LocalInput
      case InputSource.Prefix prefix ->
          missing(input, "This machine cannot read " + prefix.uri() + ".");
    };
  }

  private @Nullable Fault copy(
      Input input, InputSource.Files files, Path target, BooleanSupplier enough)
      throws IOException {
    for (InputFile file : files.files()) {
      if (enough.getAsBoolean()) {
        return null;
      }
      Path path = CodeArchive.inside(target, file.path());
      CodeArchive.createParents(path);
      try (InputStream in = store.open(file.object())) {
        Files.copy(in, path);
      } catch (FailureException e) {
        StoreTrouble.rethrowIfTemporary(e);
        return missing(input, file.path() + ": " + e.failure().detail());
      }
    }
    return null;
  }

  private static Fault missing(Input input, String why) {
    return new Fault(
        Fault.Code.INPUT_MISSING, "The input '%s' is missing. %s".formatted(input.channel(), why));
  }
}
