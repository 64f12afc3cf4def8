package io.byoa.engine.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control group with a memory limit, kept by the kernel, server or no server. Works with version
 * 1 and 2 of the interface.
 *
 * @param folder below {@code /sys/fs/cgroup}
 */
record Cgroup(Path folder) {

  private static final Path V1 = Path.of("/sys/fs/cgroup/memory");
  private static final Path V2 = Path.of("/sys/fs/cgroup");
  private static final Pattern KILLS = Pattern.compile("(?m)^oom_kill ([0-9]+)$");

  /** Where this server may make control groups; empty where it may not. */
  static Optional<Path> writable() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        String[] parts = line.split(":", 3);
        boolean v1 = parts[1].equals("memory");
        if (v1 || (parts[0].equals("0") && Files.exists(V2.resolve("cgroup.controllers")))) {
          Path own = (v1 ? V1 : V2).resolve(parts[2].substring(1));
          if (!v1) {
            Files.writeString(own.resolve("cgroup.subtree_control"), "+memory");
          }
          Cgroup trial = create(own.resolve("byoa-" + ProcessHandle.current().pid()), 1L << 30);
          trial.remove();
          return Optional.of(own);
        }
      }
    } catch (IOException | RuntimeException notForUs) {
      return Optional.empty();
    }
    return Optional.empty();
  }

  /** Makes the group, or takes over what is there. */
  static Cgroup create(Path folder, long limit) throws IOException {
    Files.createDirectories(folder);
    String bytes = Long.toString(limit);
    if (Files.exists(folder.resolve("memory.max"))) {
      Files.writeString(folder.resolve("memory.max"), bytes);
      write(folder.resolve("memory.swap.max"), "0");
      write(folder.resolve("memory.oom.group"), "1");
    } else {
      Files.writeString(folder.resolve("memory.limit_in_bytes"), bytes);
      write(folder.resolve("memory.memsw.limit_in_bytes"), bytes);
    }
    return new Cgroup(folder);
  }

  private static void write(Path file, String text) throws IOException {
    if (Files.exists(file)) {
      Files.writeString(file, text);
    }
  }

  /** A process that writes 0 to it becomes a member. */
  Path processes() {
    return folder.resolve("cgroup.procs");
  }

  /** Whether it has members. */
  boolean inhabited() throws IOException {
    return Files.exists(processes()) && !Files.readString(processes()).isBlank();
  }

  /** How often the kernel has killed a member for the limit. */
  long kills() throws IOException {
    for (String name : new String[] {"memory.events", "memory.oom_control"}) {
      if (Files.exists(folder.resolve(name))) {
        Matcher kills = KILLS.matcher(Files.readString(folder.resolve(name)));
        return kills.find() ? Long.parseLong(kills.group(1)) : 0;
      }
    }
    return 0;
  }

  /** Removes the group; nothing happens while it has members. */
  void remove() throws IOException {
    if (Files.exists(folder)) {
      try {
        Files.delete(folder);
      } catch (IOException busy) {
        if (!String.valueOf(busy.getMessage()).toLowerCase(Locale.ROOT).contains("busy")) {
          throw busy;
        }
      }
    }
  }
}
