package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.SettingsReference.Section;
import io.byoa.SettingsReference.Setting;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference of the settings is made from the code, and nothing is missing in it. */
final class SettingsFileTest {

  private static final Path REFERENCE = Path.of("docs/settings.md");
  private static final Path NAMES = Path.of("src/main/resources/settings.txt");

  private static final String HEAD =
      """
      # Settings

      Made from the code by `make docs`; a test compares the two. Every setting is a variable of the
      environment, or a property in `config/application.properties` below the folder that BYOA is started
      in, or a system property (`-Dbyoa.port=9000`). A variable that begins with `BYOA_` and is none of
      these is told at the start.

      A *time* is a number with `s`, `m`, `h` or `d`, or ISO 8601 (`PT1M30S`); a *size* is bytes, or a number
      with `K`, `M`, `G` or `T`; a *list* is separated by commas. *Beyond that* only: what Quarkus reads
      (`QUARKUS_…`) may be set too, but is not promised to stay.
      """;

  private static String render(List<Section> sections) {
    StringBuilder text = new StringBuilder(HEAD);
    for (Section section : sections) {
      text.append("\n## ").append(section.title().replaceFirst("\\.$", "")).append("\n\n");
      text.append("| variable | property | type | default | |\n|---|---|---|---|---|\n");
      for (Setting setting : section.settings()) {
        text.append(
            "| `%s` | `%s` | %s | %s | %s |\n"
                .formatted(
                    setting.variable(),
                    setting.property(),
                    setting.type(),
                    fallback(setting),
                    setting.meaning()));
      }
    }
    return text.toString();
  }

  /** The default, with other settings in it by their names in the environment. */
  private static String fallback(Setting setting) {
    if (setting.fallback().isEmpty()) {
      return "";
    }
    String text =
        setting
            .fallback()
            .replace("${byoa.data:./data}", "$BYOA_DATA")
            .replace("${byoa.disk.free:1G}", "$BYOA_DISK_FREE");
    return "`" + text + "`";
  }

  private static List<Setting> all() throws IOException {
    return SettingsReference.read().stream()
        .flatMap(section -> section.settings().stream())
        .toList();
  }

  @Test
  void theCommittedReferenceIsWhatTheCodeSays() throws IOException {
    List<Section> sections = SettingsReference.read();
    String names =
        sections.stream()
            .flatMap(section -> section.settings().stream())
            .map(Setting::variable)
            .filter(name -> name.startsWith("BYOA_"))
            .sorted()
            .reduce("", (lines, name) -> lines + name + "\n");
    if (Boolean.getBoolean("byoa.docs.write")) {
      Files.writeString(REFERENCE, render(sections));
      Files.writeString(NAMES, names);
    }
    String advice =
        "A setting has changed. If that is meant, run 'make docs' and commit what it writes.";
    assertThat(render(sections)).as(advice).isEqualTo(Files.readString(REFERENCE));
    assertThat(names).as(advice).isEqualTo(Files.readString(NAMES));
  }

  @Test
  void everySettingSaysWhatItMeans() throws IOException {
    assertThat(all())
        .allSatisfy(setting ->
            assertThat(setting.meaning())
                .as(setting.property())
                .hasSizeGreaterThan(10)
                .endsWith("."));
    assertThat(all()).extracting(Setting::property).doesNotHaveDuplicates();
  }

  @Test
  void holdsTheSettingsThatAreAPromise() throws IOException {
    assertThat(all())
        .extracting(Setting::variable)
        .contains(
            "BYOA_DATA",
            "BYOA_PORT",
            "BYOA_MANAGEMENT_PORT",
            "BYOA_DATABASE_URL",
            "BYOA_DATABASE_USER",
            "BYOA_DATABASE_PASSWORD",
            "BYOA_ENGINE",
            "BYOA_STORE",
            "BYOA_ENGINE_LOCAL_SLOTS",
            "BYOA_ALLOWED_HOSTS");
  }

  /** A property that the code reads one by one, or that the shipped properties refer to. */
  @Test
  void leavesOutNothingThatTheCodeReads() throws IOException {
    Set<String> read = new TreeSet<>();
    Pattern name =
        Pattern.compile("(?:name = |getOptionalValue\\(|getValue\\(|\\$\\{)\"?(byoa\\.[a-z.-]+)");
    List<Path> files;
    try (Stream<Path> sources = Files.walk(Path.of("src/main"))) {
      files =
          sources
              .filter(file -> file.toString().matches(".*(\\.java|application\\.properties)"))
              .toList();
    }
    for (Path file : files) {
      Matcher found = name.matcher(Files.readString(file));
      while (found.find()) {
        read.add(found.group(1));
      }
    }
    read.removeAll(Set.of("byoa.serving", "byoa.database.shared")); // ours alone
    assertThat(all()).extracting(Setting::property).containsAll(read);
  }

  @Test
  void everyVariableOfTheEnvironmentIsItsProperty() throws IOException {
    for (Setting setting : all()) {
      var config =
          new SmallRyeConfigBuilder()
              .withSources(new EnvConfigSource(Map.of(setting.variable(), "x"), 300))
              .build();
      assertThat(config.getConfigValue(setting.property()).getValue())
          .as(setting.variable())
          .isEqualTo("x");
    }
  }

  @Test
  void tellsAVariableThatIsMisspelt() {
    assertThat(UnknownSettings.in(List.of("BYOA_PROT", "BYOA_PORT", "PATH", "BYOA_ZZZZZZZZZZ")))
        .containsExactly(
            "There is no setting BYOA_PROT, did you mean 'BYOA_PORT'? It is ignored; docs/settings.md lists them all.",
            "There is no setting BYOA_ZZZZZZZZZZ. It is ignored; docs/settings.md lists them all.");
  }
}
