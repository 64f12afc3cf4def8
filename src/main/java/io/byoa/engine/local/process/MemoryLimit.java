package io.byoa.engine.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much memory one program may use with its children. The kernel keeps the limit where this
 * server may make control groups; elsewhere the processes are looked at several times a second, and
 * only while a server runs.
 *
 * @param bytes the limit
 * @param cgroups where control groups can be made
 */
public record MemoryLimit(long bytes, Optional<Path> cgroups) {

  /** Between two looks: a program can grow by 200 MB in that time. */
  static final Duration LOOK = Duration.ofMillis(200);

  private static final Pattern TOTAL = Pattern.compile("(?m)^MemTotal: *([0-9]+) kB$");
  private static final Pattern PSS = Pattern.compile("(?m)^Pss: *([0-9]+) kB$");

  /** The configured limit; otherwise nine tenths of this machine's memory, shared by the slots. */
  public static MemoryLimit of(Optional<Long> configured, int slots) throws IOException {
    long bytes = configured.isPresent() ? configured.get() : total() / 10 * 9 / slots;
    return new MemoryLimit(bytes, Cgroup.writable());
  }

  private static long total() throws IOException {
    Matcher total = TOTAL.matcher(Files.readString(Path.of("/proc/meminfo")));
    if (!total.find()) {
      throw new IOException("/proc/meminfo does not say how much memory there is");
    }
    return Long.parseLong(total.group(1)) << 10;
  }

  /** A control group for a start of a program; empty where there are none. */
  Optional<Cgroup> group(String name) throws IOException {
    return cgroups.isPresent()
        ? Optional.of(Cgroup.create(cgroups.get().resolve("byoa-" + name), bytes))
        : Optional.empty();
  }

  /** Whether the tree of processes uses more, each shared page counted once. */
  boolean exceededBy(List<ProcessTable.Stat> tree) {
    long resident = tree.stream().mapToLong(ProcessTable.Stat::resident).sum();
    return resident > bytes && tree.stream().mapToLong(MemoryLimit::proportional).sum() > bytes;
  }

  private static long proportional(ProcessTable.Stat stat) {
    try {
      String rollup =
          Files.readString(
              Path.of("/proc", Long.toString(stat.pid()), "smaps_rollup"),
              StandardCharsets.ISO_8859_1);
      Matcher pss = PSS.matcher(rollup);
      return pss.find() ? Long.parseLong(pss.group(1)) << 10 : stat.resident();
    } catch (IOException notOurs) {
      return stat.resident();
    }
  }
}
