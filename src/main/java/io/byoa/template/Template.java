package io.byoa.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A project to start from, as it lies on the class path under {@code templates/<language>/}.
 *
 * <p>Its {@code index.txt} names the files, one a line: {@code path}, or {@code path = stored} for
 * one that a build would drop or obey under its own name. Empty lines, and those that start with
 * {@code #}, say nothing.
 */
enum Template {
  PYTHON("A Python program with pinned packages and a unit test."),
  R("A program in R with its packages and a test.");

  private final String description;

  Template(String description) {
    this.description = description;
  }

  /** What API and class path call it. */
  String language() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  /** The project's files by their paths, read afresh. */
  SortedMap<String, byte[]> files() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (Line line : index()) {
      files.put(line.path(), read(line.stored()));
    }
    return files;
  }

  /**
   * A line of the index.
   *
   * @param path in the project
   * @param stored below the template's folder
   */
  record Line(String path, String stored) {

    private static Line parse(String text) {
      List<String> sides = List.of(text.split("=", -1));
      return switch (sides.size()) {
        case 1 -> new Line(text.strip(), text.strip());
        case 2 -> new Line(sides.get(0).strip(), sides.get(1).strip());
        default -> throw new IllegalStateException("Not a line of a template's index: " + text);
      };
    }
  }

  List<Line> index() {
    return new String(read("index.txt"), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Line::parse)
        .toList();
  }

  private byte[] read(String stored) {
    String resource = "templates/" + language() + "/" + stored;
    try (InputStream in = Template.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("Not on the class path: " + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
