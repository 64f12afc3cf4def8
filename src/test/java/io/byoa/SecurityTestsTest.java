package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of attacks in the guide says what the tests do, no more and no less. */
final class SecurityTestsTest {

  private static final Path GUIDE = Path.of("docs/guide/security-tests.md");
  private static final Path TESTS = Path.of("src/test/java");

  private static final Pattern ROW = Pattern.compile("(?m)^\\| (A\\d+) \\|.*\\| (`.*`) \\|$");
  private static final Pattern NAMED =
      Pattern.compile("@DisplayName\\(\\s*\"([^\"]*)\"|void a(\\d+)[A-Z]");
  private static final Pattern ID = Pattern.compile("\\bA(\\d+)\\b");

  private static Map<Integer, List<String>> table() throws IOException {
    Map<Integer, List<String>> table = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(GUIDE));
    while (row.find()) {
      List<String> classes =
          Stream.of(row.group(2).split(",", -1))
              .map(each -> each.strip().replace("`", ""))
              .toList();
      table.put(Integer.valueOf(row.group(1).substring(1)), classes);
    }
    return table;
  }

  /** Attack to the classes whose tests name it, read from the sources. */
  private static Map<Integer, List<String>> tests() throws IOException {
    Map<Integer, List<String>> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(TESTS)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        Matcher named = NAMED.matcher(Files.readString(file));
        while (named.find()) {
          List<String> ids =
              named.group(2) != null
                  ? List.of(named.group(2))
                  : ID.matcher(named.group(1)).results().map(id -> id.group(1)).toList();
          for (String id : ids) {
            List<String> classes =
                tests.computeIfAbsent(Integer.valueOf(id), each -> new java.util.ArrayList<>());
            if (!classes.contains(name)) {
              classes.add(name);
            }
          }
        }
      }
    }
    return tests;
  }

  @Test
  void everyAttackHasItsRow() throws IOException {
    assertThat(table().keySet())
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 20).boxed().toList());
  }

  @Test
  void everyRowNamesTheTestsThatCarryItsId() throws IOException {
    Map<Integer, List<String>> tests = tests();
    table()
        .forEach((id, classes) ->
            assertThat(tests.getOrDefault(id, List.of()))
                .as("A" + id)
                .containsExactlyInAnyOrderElementsOf(classes));
  }
}
