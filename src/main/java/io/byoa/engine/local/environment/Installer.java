package io.byoa.engine.local.environment;

import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.process.Programs;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.engine.local.sandbox.Sandbox;
import io.byoa.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What installing is like on this machine, whatever is installed.
 *
 * @param data the folder that everything of the server's lies below
 * @param store where the code with its list lies
 * @param programs installers run like them
 * @param account nobody else's, so that programs cannot write to what was installed; absent when
 *     the server is not root
 * @param timeout how long one installation may take
 * @param processes how many processes and threads an installer may have
 */
public record Installer(
    Path data,
    ObjectStore store,
    Programs programs,
    @Nullable Account account,
    Duration timeout,
    int processes) {

  /** Whether installers see their folders in their own places; see {@link Sandbox#isolates}. */
  boolean isolates() {
    return programs.sandbox().isolates();
  }

  /** Lets other users through to a folder; where installers are no others, it stays closed. */
  void letPass(Path folder) throws IOException {
    if (account != null && !isolates()) {
      PrivateFolder.letPass(data, folder);
    }
  }
}
