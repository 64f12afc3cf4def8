package io.byoa.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.bundle.ArchiveFormat;
import io.byoa.bundle.Bundle;
import io.byoa.bundle.BundleFile;
import io.byoa.bundle.BundleInspector;
import io.byoa.bundle.TestBundleConfig;
import io.byoa.common.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class TemplateTest {

  @ParameterizedTest
  @EnumSource
  void itsIndexNamesExactlyItsFiles(Template template) throws IOException, URISyntaxException {
    Path folder =
        Path.of(
            Objects.requireNonNull(Template.class.getResource("/templates/" + template.language()))
                .toURI());
    List<String> stored;
    try (Stream<Path> files = Files.walk(folder)) {
      stored =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.relativize(file).toString())
              .filter(file -> !file.equals("index.txt"))
              .toList();
    }
    assertThat(template.index())
        .extracting(Template.Line::stored)
        .containsExactlyInAnyOrderElementsOf(stored);
    assertThat(template.index()).extracting(Template.Line::path).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @EnumSource
  void itHoldsWhatAProjectNeeds(Template template) {
    SortedMap<String, byte[]> files = template.files();
    assertThat(files)
        .containsKeys(
            "algorithm.json",
            "README.md",
            ".gitignore",
            ".gitattributes",
            ".github/workflows/publish.yml",
            ".gitlab-ci.yml",
            "data/sample.csv");
    assertThat(files.values()).allSatisfy(content -> assertThat(content).isNotEmpty());
    String readme =
        new String(Objects.requireNonNull(files.get("README.md")), StandardCharsets.UTF_8);
    // What git names otherwise in the source tree is explained under the project's own names.
    assertThat(readme).contains("algorithm.json", "data/sample.csv");
  }

  @ParameterizedTest
  @CsvSource({"PYTHON, ZIP", "PYTHON, TAR_GZ", "R, ZIP", "R, TAR_GZ"})
  void itsArchivePassesTheInspectionOfUploadedCode(
      Template template, ArchiveFormat format, @TempDir Path folder) throws IOException {
    SortedMap<String, byte[]> files = template.files();
    BundleInspector inspector =
        new BundleInspector(new TestBundleConfig(folder), InstantSource.system());
    byte[] packed = TemplateArchive.pack(files, format);
    try (Bundle bundle = inspector.inspect(new ByteArrayInputStream(packed))) {
      assertThat(bundle.notices()).isEmpty();
      assertThat(bundle.files())
          .extracting(BundleFile::path)
          .containsExactlyInAnyOrderElementsOf(files.keySet());
      for (BundleFile file : bundle.files()) {
        assertThat(file.sha256())
            .isEqualTo(Sha256.of(Objects.requireNonNull(files.get(file.path()))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameFilesAreTheSameBytesWhereverAndWheneverTheyArePacked(ArchiveFormat format) {
    TimeZone here = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
      byte[] east = TemplateArchive.pack(Template.R.files(), format);
      TimeZone.setDefault(TimeZone.getTimeZone("America/Los_Angeles"));
      byte[] west = TemplateArchive.pack(Template.R.files(), format);
      assertThat(east).isEqualTo(west);
    } finally {
      TimeZone.setDefault(here);
    }
  }
}
