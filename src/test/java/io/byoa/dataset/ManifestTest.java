package io.byoa.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.byoa.common.Sha256;
import io.byoa.dataset.Manifest.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestTest {

  private static final Sha256 EMPTY = Sha256.of("");
  private static final Sha256 ABC = Sha256.of("abc");

  /** Computed with coreutils' sha256sum; references that users hold depend on it. */
  private static final String PINNED =
      "ce6ddf718c04e0a8b23b429b02722beec22944201a88d8235b143fb321684259";

  @Test
  void digestsTheListOfFilesInOneForm() {
    Manifest manifest =
        new Manifest(List.of(new Entry("train/b.csv", 3, ABC), new Entry("a file.csv", 0, EMPTY)));
    assertThat(manifest.text())
        .isEqualTo(
            """
            e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 0 a file.csv
            ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad 3 train/b.csv
            """);
    assertThat(manifest.digest().hex()).isEqualTo(PINNED);
    assertThat(manifest.size()).isEqualTo(3);
  }

  @Test
  void ordersByBytesWhateverTheOrderOfTheUpload() {
    // U+10400 comes after U+FF5E in UTF-8 and before it in UTF-16; '.' < '/' < '0'.
    List<String> sorted = List.of("A", "a", "a.b", "a/b", "a0", "é", "\uff5e", "\ud801\udc00");
    List<Entry> entries = new ArrayList<>();
    sorted.forEach(path -> entries.add(new Entry(path, 3, ABC)));
    Manifest expected = new Manifest(entries);
    assertThat(expected.entries()).extracting(Entry::path).containsExactlyElementsOf(sorted);
    Collections.reverse(entries);
    assertThat(new Manifest(entries).digest()).isEqualTo(expected.digest());
  }

  @Test
  void everyFieldOfEveryFileCounts() {
    Manifest one = new Manifest(List.of(new Entry("a", 3, ABC)));
    assertThat(one.digest())
        .isNotEqualTo(new Manifest(List.of(new Entry("b", 3, ABC))).digest())
        .isNotEqualTo(new Manifest(List.of(new Entry("a", 4, ABC))).digest())
        .isNotEqualTo(new Manifest(List.of(new Entry("a", 3, EMPTY))).digest())
        .isNotEqualTo(
            new Manifest(List.of(new Entry("a", 3, ABC), new Entry("b", 3, ABC))).digest());
  }

  @Test
  void isReadBackFromItsText() {
    Manifest manifest =
        new Manifest(List.of(new Entry("a  b", 1L << 40, ABC), new Entry("\u00fc/ 1 x", 0, EMPTY)));
    assertThat(Manifest.parse(manifest.text())).isEqualTo(manifest);
  }

  @Test
  void isWhatTheDocumentedCommandComputes(@TempDir Path folder) throws Exception {
    List<Entry> entries = new ArrayList<>();
    for (String path : List.of("B.csv", "a b.csv", "a/c.csv", "a0", "\u00e9.txt")) {
      Path file = folder.resolve(path);
      Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
      Files.writeString(file, "content of " + path);
      entries.add(new Entry(path, Files.size(file), Sha256.of(file)));
    }
    String command =
        """
        find . -type f -printf '%P\\n' | LC_ALL=C sort | while IFS= read -r f; do
          printf '%s %s %s\\n' "$(sha256sum < "$f" | cut -c -64)" "$(stat -c %s "$f")" "$f"
        done | sha256sum
        """;
    assertThat(run(folder, command)).startsWith(new Manifest(entries).digest().hex());
  }

  private static String run(Path folder, String command) throws IOException, InterruptedException {
    Process shell =
        new ProcessBuilder("sh", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void refusesWhatWouldMakeTwoListsLookTheSame() {
    Entry a = new Entry("a", 3, ABC);
    assertThatIllegalArgumentException().isThrownBy(() -> new Manifest(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> new Manifest(List.of(a, a)));
    assertThatIllegalArgumentException().isThrownBy(() -> new Entry("a", -1, ABC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "a\rb", "a\u0000", "a\u0085b"})
  void refusesAPathThatIsNone(String path) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Entry(path, 3, ABC));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "0 a\n", "zz 3 a\n"})
  void refusesATextThatIsNone(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Manifest.parse(text));
  }
}
