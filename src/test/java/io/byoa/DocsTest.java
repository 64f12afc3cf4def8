package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What people read holds together: decisions are numbered and whole, links lead somewhere. */
final class DocsTest {

  private static final Path PROJECT = Path.of("").toAbsolutePath();
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|mailto:|#)([^)#\\s]+)");
  private static final List<String> PARTS =
      List.of("## Context", "## Options", "## Decision", "## Consequences");

  @Test
  void decisionsAreNumberedWithoutGaps() {
    List<String> names = decisions().map(path -> path.getFileName().toString()).toList();
    List<String> numbers =
        IntStream.rangeClosed(1, names.size()).mapToObj("%04d"::formatted).toList();
    assertThat(names).extracting(name -> name.substring(0, 4)).isEqualTo(numbers);
  }

  @Test
  void decisionsSayContextOptionsDecisionAndConsequences() {
    assertThat(decisions()).allSatisfy(path -> assertThat(read(path)).contains(PARTS));
  }

  @Test
  void linksLeadToFilesOfTheProject() {
    Stream<Path> texts =
        Stream.of("", "docs", "bench", "examples", "src/main/resources/templates")
            .map(PROJECT::resolve)
            .flatMap(DocsTest::texts);
    assertThat(texts)
        .hasSizeGreaterThan(20)
        .allSatisfy(text ->
            assertThat(LINK.matcher(read(text)).results().map(link -> target(text, link)))
                .allSatisfy(target -> assertThat(target).exists()));
  }

  private static Path target(Path text, MatchResult link) {
    return text.resolveSibling(link.group(1)).normalize();
  }

  private static Stream<Path> decisions() {
    return texts(PROJECT.resolve("docs/adr"));
  }

  private static Stream<Path> texts(Path folder) {
    int depth = folder.equals(PROJECT) ? 1 : 4;
    try (Stream<Path> all = Files.walk(folder, depth)) {
      return all.filter(path -> path.toString().endsWith(".md")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
