package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingContractTest {

  private static final ContractHost HOST = ContractHost.single("ml.m5.large", 2, 0);

  @ParameterizedTest
  @EnumSource(ArgumentStyle.class)
  void equalsTheGoldenFile(ArgumentStyle style) throws IOException {
    String name = style.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".json";
    Path golden = Path.of("src/test/resources/contract", name);
    String rendered = readable(TrainingContract.render(Orders.rich(style), HOST));
    String wanted = Files.exists(golden) ? Files.readString(golden, UTF_8) : "";
    if (!rendered.equals(wanted)) {
      Path found = Files.createDirectories(Path.of("target/contract")).resolve(name);
      Files.writeString(found, rendered, UTF_8);
      assertThat(rendered)
          .as("What programs see has changed. If that is meant: cp %s %s", found, golden)
          .isEqualTo(wanted);
    }
  }

  private static String readable(RenderedContract contract) throws IOException {
    SortedMap<String, Object> view = new TreeMap<>();
    view.put("files", texts(contract));
    view.put("environment", contract.environment());
    view.put("launcher", contract.launcher().toString());
    view.put("arguments", contract.arguments());
    view.put("workingDirectory", contract.workingDirectory());
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(view)
        + "\n";
  }

  private static SortedMap<String, String> texts(RenderedContract contract) {
    SortedMap<String, String> texts = new TreeMap<>();
    contract.files().forEach((name, bytes) -> texts.put(name, new String(bytes, US_ASCII)));
    return texts;
  }

  @Test
  void rendersTheSameBytesEveryTime() {
    RenderedContract once = TrainingContract.render(Orders.rich(ArgumentStyle.FLAGS), HOST);
    RenderedContract again = TrainingContract.render(Orders.rich(ArgumentStyle.FLAGS), HOST);
    assertThat(texts(again)).isEqualTo(texts(once));
    assertThat(again.environment()).isEqualTo(once.environment());
    assertThat(again.arguments()).isEqualTo(once.arguments());
  }

  @Test
  void saysWhereCheckpointsAreOnlyWhenTheyAreOn() {
    TrainingOrder without = flags(Map.of(), Map.of());
    assertThat(TrainingContract.render(without, HOST).files())
        .containsOnlyKeys(
            "input/config/hyperparameters.json",
            "input/config/inputdataconfig.json",
            "input/config/resourceconfig.json");
    assertThat(texts(TrainingContract.render(Orders.rich(ArgumentStyle.FLAGS), HOST)))
        .containsEntry(
            "input/config/checkpointconfig.json", "{\"LocalPath\":\"/opt/ml/checkpoints\"}");
  }

  @Test
  void keepsStringsPlainAndNumbersAsTheyWereWritten() {
    RenderedContract contract =
        TrainingContract.render(
            flags(
                Map.of(
                    "a", "\"07\"",
                    "b", "0.10",
                    "c", "[ 1E5,\n \"x\" ]",
                    "d", "true",
                    "e", "null",
                    "f", "\"tr\\u00fce\\n\""),
                Map.of()),
            HOST);
    assertThat(texts(contract).get("input/config/hyperparameters.json"))
        .isEqualTo(
            "{\"a\":\"07\",\"b\":\"0.10\",\"c\":\"[1E5,\\\"x\\\"]\",\"d\":\"true\",\"e\":\"null\",\"f\":\"tr\\u00fce\\n\"}");
    assertThat(contract.arguments())
        .containsExactly(
            "--a",
            "07",
            "--b",
            "0.10",
            "--c",
            "[1E5,\"x\"]",
            "--d",
            "true",
            "--e",
            "null",
            "--f",
            "trüe\n");
  }

  @Test
  void passesOneLetterNamesWithTwoDashesInFlags() {
    assertThat(TrainingContract.render(flags(Map.of("k", "1"), Map.of()), HOST).arguments())
        .containsExactly("--k", "1");
  }

  @Test
  void spellsDashesBothWaysUnlessTheOtherNameIsTaken() {
    Map<String, String> environment =
        TrainingContract.render(
                flags(Map.of("l-r", "1", "l_r", "2", "batch-size", "3"), Map.of()), HOST)
            .environment();
    assertThat(environment)
        .containsEntry("SM_HP_L-R", "1")
        .containsEntry("SM_HP_L_R", "2")
        .containsEntry("SM_HP_BATCH-SIZE", "3")
        .containsEntry("SM_HP_BATCH_SIZE", "3");
  }

  @Test
  void addsNothingToTheEnvironmentThatTheContractDoesNotName() {
    Map<String, String> environment =
        TrainingContract.render(flags(Map.of(), Map.of("OMP_NUM_THREADS", "2")), HOST)
            .environment();
    assertThat(environment.keySet())
        .allMatch(name ->
            name.startsWith("SM_")
                || List.of("OMP_NUM_THREADS", "PYTHONPATH", "TRAINING_JOB_NAME", "TRAINING_JOB_ARN")
                    .contains(name));
  }

  @Test
  void winsOverTheDescriptorsEnvironmentAsThePlatformDoes() {
    Map<String, String> environment =
        TrainingContract.render(
                flags(
                    Map.of(),
                    Map.of("TRAINING_JOB_NAME", "x", "SM_MODEL_DIR", "/x", "PYTHONPATH", "/lib")),
                HOST)
            .environment();
    assertThat(environment)
        .containsEntry("TRAINING_JOB_NAME", Orders.NAME.value())
        .containsEntry("SM_MODEL_DIR", "/opt/ml/model")
        .containsEntry("PYTHONPATH", "/opt/ml/code:/lib");
  }

  @Test
  void tellsACommandThatItHasNoEntryPoint() {
    TrainingOrder order =
        Orders.order(
            new Entry.Command(List.of("make")),
            ArgumentStyle.SCRIPT_MODE,
            Map.of("k", "1"),
            List.of(),
            Map.of(),
            false);
    RenderedContract contract = TrainingContract.render(order, HOST);
    assertThat(contract.launcher()).isEqualTo(new Launcher.Direct(List.of("make")));
    assertThat(contract.arguments()).containsExactly("-k", "1");
    assertThat(contract.environment())
        .containsEntry("SM_USER_ENTRY_POINT", "")
        .containsEntry("SM_MODULE_NAME", "");
  }

  @Test
  void refusesWhatNoProcessCanBeGiven() {
    assertThatThrownBy(() -> TrainingContract.render(flags(Map.of("a=b", "1"), Map.of()), HOST))
        .hasMessageContaining("SM_HP_A=B");
    assertThatThrownBy(
            () -> TrainingContract.render(flags(Map.of("a", "\"\\u0000\""), Map.of()), HOST))
        .hasMessageContaining("U+0000");
    assertThatThrownBy(() -> TrainingContract.render(flags(Map.of("a", "{"), Map.of()), HOST))
        .hasMessageContaining("not JSON");
  }

  @Test
  void passesEscapesThatAreOnlyTextWithoutReadingThem() {
    // As script mode reads it, this string is JSON for a string with U+0000 in it.
    Map<String, String> environment =
        TrainingContract.render(flags(Map.of("a", "\"\\\"\\\\u0000\\\"\""), Map.of()), HOST)
            .environment();
    assertThat(environment).containsEntry("SM_HP_A", "\"\\u0000\"");
  }

  @Test
  void tellsWhenLinuxWouldStartNoProgramWithSoMuch() throws Exception {
    RenderedContract fits = withText(60_000);
    RenderedContract tooLong = withText(140_000);
    assertThat(fits.tooLarge()).isEmpty();
    assertThat(tooLong.tooLarge())
        .hasValueSatisfying(m -> assertThat(m).contains("an argument 140,001 bytes"));
    assertThat(exitCode(fits)).isZero();
    assertThatThrownBy(() -> exitCode(tooLong)).hasMessageContaining("Argument list too long");
  }

  @Test
  void findsTheLongestStringThatLinuxTakes() throws Exception {
    RenderedContract contract = withText(131_071);
    assertThat(new ProcessBuilder("/bin/true", contract.arguments().getLast()).start().waitFor())
        .isZero();
    assertThatThrownBy(
            () -> new ProcessBuilder("/bin/true", contract.arguments().getLast() + "x").start())
        .hasMessageContaining("Argument list too long");
    assertThat(contract.tooLarge())
        .hasValueSatisfying(m -> assertThat(m).contains("SM_").doesNotContain("an argument"));
  }

  private static RenderedContract withText(int length) {
    return TrainingContract.render(
        flags(Map.of("text", JsonText.quote("x".repeat(length))), Map.of()), HOST);
  }

  private static int exitCode(RenderedContract contract) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("/bin/true");
    builder.command().addAll(contract.arguments());
    builder.environment().clear();
    builder.environment().putAll(contract.environment());
    return builder.start().waitFor();
  }

  private static TrainingOrder flags(
      Map<String, String> parameters, Map<String, String> environment) {
    return Orders.order(
        new Entry.Script("train.py"),
        ArgumentStyle.FLAGS,
        parameters,
        List.of(),
        environment,
        false);
  }
}
