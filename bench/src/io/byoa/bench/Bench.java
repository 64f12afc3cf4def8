package io.byoa.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures BYOA's promises on this machine and prints one table. Arguments: which parts, in any
 * number; none means all. {@code --quick} measures shorter, to see that the benchmark works.
 */
final class Bench {

  private static final Map<String, Part> PARTS = new LinkedHashMap<>();

  static {
    PARTS.put("start", StartPart::measure);
    PARTS.put("overhead", OverheadPart::measure);
    PARTS.put("status", StatusPart::measure);
    PARTS.put("launch", LaunchPart::measure);
    PARTS.put("publish", PublishPart::measure);
    PARTS.put("list", ListPart::measure);
  }

  private Bench() {}

  /** One part of the benchmark; prints its rows. */
  private interface Part {
    void measure(Scale scale, Path folder) throws IOException, InterruptedException;
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    Scale scale = words.contains("--quick") ? Scale.QUICK : Scale.FULL;
    List<String> wanted = words.stream().filter(word -> !word.startsWith("--")).toList();
    if (!PARTS.keySet().containsAll(wanted)) {
      System.err.println("The parts are: " + String.join(", ", PARTS.keySet()));
      System.exit(2);
    }
    Path folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "bench");
    try {
      Report.head();
      for (Map.Entry<String, Part> part : PARTS.entrySet()) {
        if (wanted.isEmpty() || wanted.contains(part.getKey())) {
          Report.progress(part.getKey());
          part.getValue().measure(scale, Files.createDirectory(folder.resolve(part.getKey())));
        }
      }
    } finally {
      delete(folder);
    }
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
