package io.byoa.engine.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The processes of this machine at one moment, from {@code /proc}. */
record ProcessTable(Map<Long, Stat> processes) {

  /** The page size of every Linux that this engine runs on. */
  private static final long PAGE = 4096;

  /** SIGTERM, number 15, in the masks of {@code /proc/PID/status}. */
  private static final long TERM = 1L << 14;

  private static final Path PROC = Path.of("/proc");

  /**
   * One line of {@code /proc/PID/stat}.
   *
   * @param started clock ticks since boot
   * @param resident bytes in memory, shared ones included
   */
  record Stat(
      long pid, char state, long parent, long group, long session, long started, long resident) {

    /** Whether it is neither a zombie nor dead. */
    boolean running() {
      return state != 'Z' && state != 'X';
    }
  }

  /** All processes that can be seen. */
  static ProcessTable now() throws IOException {
    Map<Long, Stat> processes = new HashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        stat(Long.parseLong(entry.getFileName().toString()))
            .ifPresent(stat -> processes.put(stat.pid(), stat));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new ProcessTable(processes);
  }

  /** One process; empty when it is gone. */
  static Optional<Stat> stat(long pid) {
    String line;
    try {
      line =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("stat"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) {
      return Optional.empty();
    }
    // The name may hold spaces and parentheses; the numbers start behind the last one.
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return Optional.of(
        new Stat(
            pid,
            fields[0].charAt(0),
            Long.parseLong(fields[1]),
            Long.parseLong(fields[2]),
            Long.parseLong(fields[3]),
            Long.parseLong(fields[19]),
            Long.parseLong(fields[21]) * PAGE));
  }

  /** Whether SIGTERM would reach the process, or end it: it is not ignored. */
  static boolean takesTerm(long pid) {
    try {
      String ignored =
          Files.readAllLines(
                  PROC.resolve(Long.toString(pid)).resolve("status"), StandardCharsets.ISO_8859_1)
              .stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .map(line -> line.substring("SigIgn:".length()).strip())
              .findFirst()
              .orElse("");
      return !ignored.isEmpty() && (Long.parseUnsignedLong(ignored, 16) & TERM) == 0;
    } catch (IOException gone) {
      return false;
    }
  }

  /** The process and everything below it, also what has put itself into a session of its own. */
  List<Stat> tree(long root) {
    Map<Long, List<Stat>> children = new HashMap<>();
    for (Stat stat : processes.values()) {
      children.computeIfAbsent(stat.parent(), parent -> new ArrayList<>()).add(stat);
    }
    List<Stat> tree = new ArrayList<>();
    Deque<Stat> open = new ArrayDeque<>();
    Optional.ofNullable(processes.get(root)).ifPresent(open::add);
    while (!open.isEmpty()) {
      Stat stat = open.remove();
      tree.add(stat);
      open.addAll(children.getOrDefault(stat.pid(), List.of()));
    }
    return tree;
  }
}
