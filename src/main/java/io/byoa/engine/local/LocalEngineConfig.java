package io.byoa.engine.local;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** How jobs run on this machine. */
@ConfigMapping(prefix = "byoa.engine.local")
public interface LocalEngineConfig {

  /** The folder of the server's data, which no program gets to see; jobs work below it. */
  @WithDefault("${byoa.data:./data}")
  Path data();

  /**
   * Whether programs may run here although other machines can reach the API (BYOA_HOST); whoever
   * has a token then runs programs on this one.
   */
  @WithDefault("false")
  boolean allowRemote();

  /** More folders that no program gets to see, such as a store or a database kept elsewhere. */
  Optional<List<Path>> hidden();

  /** How many programs run at the same time; the number of processors when absent. */
  OptionalInt slots();

  /**
   * What separates programs from the machine: {@code auto} takes the strongest that works here;
   * {@code bubblewrap}, {@code unshare} and {@code environment} insist on one, and the start fails
   * where it does not work.
   */
  @WithDefault("auto")
  String sandbox();

  /**
   * Memory of one program with its children; nine tenths of the machine's, shared by the slots,
   * when absent.
   */
  Optional<MemorySize> memory();

  /** Processes and threads of one program. */
  @WithDefault("4096")
  int processes();

  /** Time between SIGTERM and SIGKILL. SageMaker gives 120 seconds. */
  @WithDefault("PT120S")
  Duration grace();

  /** Output that is kept of one launch; what is beyond it is announced and dropped. */
  @WithDefault("256M")
  MemorySize logLimit();

  /** What a program may leave in its model and output folders, before compression. */
  @WithDefault("100G")
  MemorySize outputLimit();

  /**
   * How many files and folders a program may leave in its model folder, and as many in its output
   * folder.
   */
  @WithDefault("100000")
  int outputFiles();

  /** Room that stays free on the disk: no job starts below it. */
  @WithDefault("${byoa.disk.free:1G}")
  MemorySize keepFree();

  /** Room for installed dependencies; beyond it the least recently used go. */
  @WithDefault("20G")
  MemorySize dependencyCache();

  /** How long an installer of dependencies may take. */
  @WithDefault("PT30M")
  Duration installTimeout();

  /**
   * The first of the user ids that programs run under when the server is root, one for each slot.
   * No account and no other service may have them; the default lies in a range that systemd's list
   * of ranges leaves unused.
   */
  @WithDefault("60600")
  int firstUid();
}
