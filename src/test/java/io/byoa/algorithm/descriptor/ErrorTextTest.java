package io.byoa.algorithm.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * What people are told, kept in files to be read by people. When a sentence changes on purpose, the
 * new text is in {@code target/golden} to be reviewed and copied.
 */
class ErrorTextTest {

  @Test
  void tellsEverythingThatIsWrongAtOnce() throws IOException {
    String wrong = Descriptors.resource("everything-wrong.json");
    compare("everything-wrong.txt", String.join("\n", said(wrong)) + "\n");
  }

  @Test
  void tellsTheValueAndTheRule() throws IOException {
    compare(
        "refused.txt",
        Descriptors.cases("refused.jsonl")
            .map(each -> each.line() + "\n" + indented(said(each.json())))
            .collect(Collectors.joining()));
  }

  @Test
  void tellsWhatNoSchemaCanSay() throws IOException {
    compare(
        "refused-by-the-reader-alone.txt",
        Descriptors.cases("refused-by-the-reader-alone.jsonl")
            .map(each -> each.line() + "\n" + indented(said(each.json())))
            .collect(Collectors.joining()));
  }

  private static List<String> said(String json) {
    return Descriptors.said(Descriptors.violations(json));
  }

  private static String indented(List<String> lines) {
    return lines.stream().map(line -> "    " + line + "\n").collect(Collectors.joining());
  }

  private static void compare(String golden, String actual) throws IOException {
    Path written = Path.of("target/golden", golden);
    Files.createDirectories(written.getParent());
    Files.writeString(written, actual);
    assertThat(actual).isEqualTo(Descriptors.resource(golden));
  }
}
