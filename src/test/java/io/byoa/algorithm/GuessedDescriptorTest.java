package io.byoa.algorithm;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.algorithm.descriptor.ArchiveListing;
import io.byoa.algorithm.descriptor.DescriptorDraft;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GuessedDescriptorTest {

  @ParameterizedTest
  @CsvSource({
    "train.py, train.py, python",
    "train.R, train.R, r",
    "train.sh, train.sh, other",
    "model.py lib/train.py, model.py, python",
    "train.py util.py, train.py, python",
    "train.py test.R README.md, train.py, python",
    "+train util.py, train, other",
    "+run data/x.csv, run, other"
  })
  void startsWhatLeavesNoDoubt(String files, String entryPoint, String language) {
    GuessedDescriptor guessed = guess("{}", files);

    assertThat(guessed.draft().document().text())
        .isEqualTo(
            "{\"entryPoint\":\"%s\",\"runtime\":{\"language\":\"%s\"}}"
                .formatted(entryPoint, language));
    assertThat(guessed.notices()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"a.py b.py", "train.py train.R", "README.md", "lib/train.py"})
  void startsNothingWhereThereIsDoubt(String files) {
    GuessedDescriptor guessed = guess("{}", files);

    assertThat(guessed.draft().document().text()).isEqualTo("{}");
    assertThat(guessed.notices()).isEmpty();
  }

  @Test
  void theLanguageThatWasSaidDecidesBetweenPrograms() {
    GuessedDescriptor guessed =
        guess("{\"runtime\":{\"language\":\"r\"}}", "train.py train.R packages.txt");

    assertThat(guessed.draft().document().text())
        .isEqualTo(
            "{\"runtime\":{\"language\":\"r\",\"dependencies\":\"packages.txt\"},\"entryPoint\":\"train.R\"}");
  }

  @Test
  void changesNothingThatWasSaid() {
    String said =
        "{\"entryPoint\":\"b.py\",\"runtime\":{\"language\":\"python\",\"dependencies\":\"x.txt\"}}";

    assertThat(guess(said, "a.py b.py requirements.txt").draft().document().text()).isEqualTo(said);
    assertThat(guess("{\"runtime\":{\"language\":\"container\"}}", "train.py").notices()).isEmpty();
  }

  private static GuessedDescriptor guess(String said, String files) {
    Set<String> paths = new HashSet<>();
    Set<String> programs = new HashSet<>();
    for (String file : List.of(files.split(" "))) {
      String path = file.startsWith("+") ? file.substring(1) : file;
      paths.add(path);
      if (file.startsWith("+")) {
        programs.add(path);
      }
    }
    return GuessedDescriptor.of(
        DescriptorDraft.parse(said.getBytes(StandardCharsets.UTF_8)),
        new ArchiveListing(paths, programs),
        false);
  }
}
