package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guide shows is what is rendered. */
class GuideTest {

  private final String guide = read();

  @ParameterizedTest
  @EnumSource(ArgumentStyle.class)
  void showsTheArgumentsOfItsExample(ArgumentStyle style) throws IOException {
    String line =
        "train.py "
            + render(style).arguments().stream()
                .map(GuideTest::quoted)
                .collect(Collectors.joining(" "));
    String name = style.name().toLowerCase(Locale.ROOT).replace('_', '-');
    assertThat(section("\\*\\*`" + name + "`\\*\\*", "sh")).isEqualTo(line);
  }

  @Test
  void showsTheFileOfItsExample() throws IOException {
    String file =
        new String(
            render(ArgumentStyle.FLAGS).files().get("input/config/hyperparameters.json"), US_ASCII);
    assertThat(section("### As a file", "json")).isEqualTo(file);
  }

  @Test
  void namesEveryVariable() throws IOException {
    RenderedContract rendered = render(ArgumentStyle.FLAGS);
    assertThat(rendered.environment().keySet())
        .filteredOn(name -> !name.startsWith("SM_HP_") && !name.startsWith("SM_CHANNEL_"))
        .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
    assertThat(BaseEnvironment.of("/bin", "/tmp").keySet())
        .allSatisfy(name -> assertThat(guide).contains("`" + name + "`"));
  }

  @Test
  void namesNoVariableThatIsNotThere() throws IOException {
    List<String> named =
        Pattern.compile("`(SM_[A-Z_]+)`").matcher(guide).results().map(m -> m.group(1)).toList();
    assertThat(named).isNotEmpty();
    assertThat(render(ArgumentStyle.FLAGS).environment())
        .containsKeys(named.toArray(String[]::new));
  }

  @Test
  void namesEveryFile() throws IOException {
    assertThat(render(ArgumentStyle.FLAGS).files().keySet())
        .allSatisfy(file -> assertThat(guide).contains("`" + MlFolder.BASE + "/" + file + "`"));
  }

  private RenderedContract render(ArgumentStyle style) throws IOException {
    Map<String, String> parameters = new TreeMap<>();
    PythonJson.read(section("## Hyperparameters", "json")).stream()
        .map(Json.Members.class::cast)
        .forEach(object ->
            object.values().forEach((name, value) -> parameters.put(name, JsonText.of(value))));
    assertThat(parameters.keySet()).contains("k", "version");
    return TrainingContract.render(
        Orders.order(
            new Entry.Script("train.py"),
            style,
            parameters,
            List.of(Orders.input("training", "text/csv")),
            Map.of(),
            true),
        ContractHost.single("ml.m5.large", 2, 0));
  }

  /** The first code block of a language after a heading or phrase. */
  private String section(String after, String language) {
    return Pattern.compile(after + ".*?```" + language + "\n(.*?)\n```", Pattern.DOTALL)
        .matcher(guide)
        .results()
        .findFirst()
        .map((MatchResult match) -> match.group(1))
        .orElseThrow(() -> new AssertionError("The guide has no " + language + " after " + after));
  }

  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_.=,-]+") ? argument : "'" + argument + "'";
  }

  private static String read() {
    try {
      return Files.readString(Path.of("docs/guide/training-contract.md"), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
