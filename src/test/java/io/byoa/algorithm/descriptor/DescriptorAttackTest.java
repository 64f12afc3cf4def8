package io.byoa.algorithm.descriptor;

import static io.byoa.algorithm.descriptor.Descriptors.least;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.byoa.common.Failure;
import io.byoa.common.Violation;
import io.byoa.common.json.JsonObject;
import io.byoa.common.json.JsonReader;
import io.byoa.common.json.JsonString;
import io.byoa.common.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The attacks of the security document that come in through a descriptor, by their numbers. */
class DescriptorAttackTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../etc/passwd",
        "/etc/passwd",
        "a/../../etc/passwd",
        "..",
        ".",
        "./train.py",
        "a//train.py",
        "train.py/",
        "C:\\windows\\win.ini",
        "c:/windows/win.ini",
        "..\\..\\etc\\passwd",
        "train.py\u0000.txt",
        "train.py\n",
        "\u202E/../x",
        "~/../x",
        "-m",
        "--help"
      })
  void a3RefusesPathsThatLeaveTheArchive(String path) {
    for (String descriptor :
        List.of(with("entryPoint", path), with("runtime", "dependencies", path))) {
      assertThat(Descriptors.violations(descriptor))
          .extracting(Violation::pointer)
          .containsAnyOf("/entryPoint", "/runtime/dependencies");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", ".", "../x", "a/b", "a\\\\b", "a\\u0000b", "a\\nb", ""})
  void a3RefusesChannelsThatAreOtherFolders(String name) {
    assertThat(Descriptors.violations(least("\"channels\":[{\"name\":\"" + name + "\"}]")))
        .extracting(Violation::pointer)
        .contains("/channels/0/name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\\nb",
        "a\\rb",
        "a=b",
        "a\\u0000b",
        "a\\u0085b",
        "a\\u2028b",
        "a\\u001bb",
        "",
        "\\ud800"
      })
  void a4RefusesNamesThatBreakOutOfTheirLine(String name) {
    assertThat(Descriptors.violations(least("\"environment\":{\"" + name + "\":\"x\"}")))
        .isNotEmpty();
    assertThat(
            Descriptors.violations(
                least("\"hyperParameters\":{\"properties\":{\"" + name + "\":{}}}")))
        .isNotEmpty();
    ParameterSchema open = Descriptors.parameters("{\"additionalProperties\":true}");
    assertThat(open.checkBody("{\"hyperParameters\":{\"" + name + "\":1}}").violations())
        .isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"LD_PRELOAD=x", "A B", "BYOA_JOB", "SM_CHANNELS", "TRAINING_JOB_NAME"})
  void a4RefusesVariablesThatWouldForgeTheContract(String name) {
    assertThat(Descriptors.violations(least("\"environment\":{\"" + name + "\":\"x\"}")))
        .hasSize(1);
  }

  @Test
  void a5KeepsShellMetacharactersExactlyAsTheyAre() {
    Descriptor descriptor =
        Descriptors.read(
            """
            {"name":"a","version":"1.0.0","entryPoint":"a b;touch x.py",
             "runtime":{"language":"python","dependencies":"$(touch x).txt"},
             "hyperParameters":{"additionalProperties":true}}\
            """);
    assertThat(descriptor.entryPoint()).isEqualTo(new EntryPoint.Script("a b;touch x.py"));
    assertThat(descriptor.runtime().dependencies()).isEqualTo("$(touch x).txt");
    assertThat(
            descriptor
                .hyperParameters()
                .checkBody("{\"hyperParameters\":{\"$(id)\":\"`id`; $(id) && | ' \\\" \\\\\"}}")
                .values()
                .asStrings())
        .containsEntry("$(id)", "`id`; $(id) && | ' \" \\");
    EntryPoint command =
        Descriptors.read(
                with(JsonReader.read("{\"command\":[\"sh\",\"-c\",\"echo $(id)\"]}", "x").root()))
            .entryPoint();
    assertThat(command).isEqualTo(new EntryPoint.Command(List.of("sh", "-c", "echo $(id)")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(((a{1000}){1000}){1000})",
        "((a{0,1000}){0,1000})",
        "(a{1000,}b{1000,})",
        "((((((((((x{9}){9}){9}){9}){9}){9}){9}){9}){9}){9})",
        "([\\\\pL]{999}{9})",
        "(\\\\Qabc\\\\E{1000})",
        "(?:(?:a{500}|b){500})(c)",
        "((?i:abc){1000})"
      })
  void a19RefusesExpressionsThatGrow(String regex) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          assertThat(
                  Descriptors.violations(
                      least("\"metrics\":[{\"name\":\"m\",\"regex\":\"" + regex + "\"}]")))
              .extracting(Violation::pointer)
              .containsExactly("/metrics/0/regex");
          assertThat(
                  Descriptors.violations(
                      least(
                          "\"hyperParameters\":{\"properties\":{\"p\":{\"pattern\":\""
                              + regex
                              + "\"}}}")))
              .extracting(Violation::pointer)
              .containsExactly("/hyperParameters/properties/p/pattern");
        });
  }

  /** What makes engines that backtrack run for years takes RE2 no time worth mentioning. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "^((a+)+)+$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(.*)*b",
        "(a|aa)+c",
        "(x+x+)+y",
        "(a?){50}a{50}"
      })
  void a19MatchesInLinearTime(String regex) {
    MetricDefinition metric =
        Descriptors.read(least("\"metrics\":[{\"name\":\"m\",\"regex\":\"" + regex + "\"}]"))
            .metrics()
            .getFirst();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          for (String line :
              List.of("a".repeat(100_000), "x".repeat(100_000), "aA".repeat(50_000))) {
            assertThat(metric.match(line)).isEmpty();
          }
        });
  }

  @Test
  void a19KeepsOrdinaryExpressions() {
    for (String regex :
        List.of(
            "accuracy=([0-9.]+)",
            "^\\\\[(\\\\d{1,3})%\\\\]",
            "(?i)loss[ :=]+([-+]?[0-9]*\\\\.?[0-9]+(?:[eE][-+]?[0-9]+)?)",
            "\\\\x{1F600} (\\\\d+)",
            "\\\\p{Greek}{2,40}=(.*)",
            "[]{1000}]([^]]{3})",
            "[[:alpha:]]{1,20}=(\\\\S+)")) {
      assertThat(
              Descriptors.read(least("\"metrics\":[{\"name\":\"m\",\"regex\":\"" + regex + "\"}]"))
                  .metrics())
          .hasSize(1);
    }
  }

  @Test
  void refusesDocumentsLargerThanADescriptorCanBe() {
    Failure failure =
        Descriptors.failure(least("\"description\":\"" + "x".repeat(256 * 1024) + "\""));
    assertThat(failure).isInstanceOf(Failure.TooLarge.class);
    assertThat(failure.code()).isEqualTo("descriptor-too-large");
  }

  private static JsonObject base() {
    return (JsonObject) JsonReader.read(Descriptors.LEAST, "least").root();
  }

  private static String with(JsonValue entryPoint) {
    return base().with("entryPoint", entryPoint).text();
  }

  private static String with(String field, String text) {
    return base().with(field, new JsonString(text)).text();
  }

  private static String with(String parent, String field, String text) {
    JsonObject inner = (JsonObject) Objects.requireNonNull(base().get(parent));
    return base().with(parent, inner.with(field, new JsonString(text))).text();
  }
}
