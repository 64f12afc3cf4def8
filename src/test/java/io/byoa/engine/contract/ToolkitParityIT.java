package io.byoa.engine.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What script mode renders is what the public toolkit does: it is run on the rendered files. */
class ToolkitParityIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Toolkit toolkit;
  private static ContractHost host;

  @TempDir Path base;

  @BeforeAll
  static void install() {
    toolkit = Toolkit.installed();
    host = ContractHost.single("ml.m5.large", toolkit.processors(), 0);
  }

  @Test
  void equalsTheToolkitForEveryNastyCase() throws IOException {
    compare(NastyOrders.all());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 20261121})
  void equalsTheToolkitForRandomParameters(long seed) throws IOException {
    RandomParameters random = new RandomParameters(seed);
    compare(IntStream.range(0, 250).mapToObj(_ -> Orders.scriptMode(random.next())).toList());
  }

  @Test
  void aScriptStartsAsTheToolkitStartsIt() throws Exception {
    TrainingOrder order = Orders.rich(ArgumentStyle.SCRIPT_MODE);
    assertStartedAlike(order, "train.py", Map.of("train.py", "dump.py"));
  }

  @Test
  void aScriptInAFolderStartsAsTheToolkitStartsIt() throws Exception {
    TrainingOrder order =
        Orders.order(
            new Entry.Script("src/pkg/train.py"),
            ArgumentStyle.SCRIPT_MODE,
            Map.of("x", "[\"'\", 1.50]", "alpha", "\"0.10\""),
            List.of(),
            Map.of(),
            false);
    assertStartedAlike(order, "src/pkg/train.py", Map.of("src/pkg/train.py", "dump.py"));
  }

  @Test
  void aShellScriptStartsAsTheToolkitStartsIt() throws Exception {
    TrainingOrder order =
        Orders.order(
            new Entry.Script("run.sh"),
            ArgumentStyle.SCRIPT_MODE,
            Map.of("title", "\"it's $(id) \\n`ls`\"", "v", "true"),
            List.of(Orders.input("a", null)),
            Map.of(),
            false);
    assertStartedAlike(order, "run.sh", Map.of("run.sh", "run.sh", "dump.py", "dump.py"));
  }

  private void compare(List<TrainingOrder> orders) throws IOException {
    List<String> cases = new ArrayList<>();
    for (TrainingOrder order : orders) {
      cases.add(JSON.writeValueAsString(driverCase(order)));
    }
    List<String> answers = toolkit.answers(base, cases);
    assertThat(answers).hasSameSizeAs(orders);
    for (int i = 0; i < answers.size(); i++) {
      RenderedContract ours = TrainingContract.render(orders.get(i), host);
      JsonNode theirs = JSON.readTree(atOptMl(answers.get(i)));
      String parameters = orders.get(i).hyperParameters().toString();
      assertThat(theirs.path("error").asText()).as(parameters).isEmpty();
      assertThat(ours.arguments()).as(parameters).isEqualTo(texts(theirs.get("argv")));
      SortedMap<String, String> variables = strings(theirs.get("variables"));
      assertThat(withoutSecondSpellings(ours.environment(), variables))
          .as(parameters)
          .isEqualTo(variables);
    }
  }

  private static ObjectNode driverCase(TrainingOrder order) {
    ObjectNode line = JSON.createObjectNode();
    ObjectNode files = line.putObject("files");
    RenderedContract rendered = TrainingContract.render(order, host);
    rendered.files().forEach((name, bytes) -> files.put(name, new String(bytes, US_ASCII)));
    ObjectNode platform = line.putObject("platform");
    platform(order).forEach(platform::put);
    line.put("entry", ((Entry.Script) order.program().entry()).path());
    return line;
  }

  private static Map<String, String> platform(TrainingOrder order) {
    Map<String, String> platform = new TreeMap<>(order.environment());
    platform.put("TRAINING_JOB_NAME", order.name().value());
    platform.put("TRAINING_JOB_ARN", host.arnPrefix() + order.name().value());
    return platform;
  }

  /**
   * Runs a program through the toolkit and through our rendering; both say how they were started.
   */
  private void assertStartedAlike(TrainingOrder order, String entry, Map<String, String> programs)
      throws Exception {
    RenderedContract ours = TrainingContract.render(order, host);
    layOut(base, ours, programs);
    toolkit.train(base, entry, platform(order));
    JsonNode theirs = JSON.readTree(Files.readString(started()));
    Files.delete(started());

    start(ours, entry);
    JsonNode own = JSON.readTree(Files.readString(started()));

    assertThat(texts(own.get("argv"))).isEqualTo(texts(theirs.get("argv")));
    assertThat(own.get("cwd")).isEqualTo(theirs.get("cwd"));
    assertThat(texts(own.get("imports"))).startsWith(texts(theirs.get("imports")).getFirst());
    assertThat(texts(own.get("imports"))).contains(base.resolve("code").toString());
    SortedMap<String, String> expected = strings(theirs.get("variables"));
    expected.keySet().removeIf(name -> !name.startsWith("SM_"));
    expected.remove("SM_STUDIO_LOCAL_MODE");
    SortedMap<String, String> found = strings(own.get("variables"));
    found.keySet().removeIf(name -> !name.startsWith("SM_"));
    assertThat(withoutSecondSpellings(found, expected)).isEqualTo(expected);
  }

  private static void layOut(Path base, RenderedContract contract, Map<String, String> programs)
      throws IOException {
    for (String folder : List.of("code", "model", "output/data", "input/config", "input/data")) {
      Files.createDirectories(base.resolve(folder));
    }
    for (var file : contract.files().entrySet()) {
      Files.write(base.resolve(file.getKey()), file.getValue());
    }
    for (var program : programs.entrySet()) {
      Path path = base.resolve("code").resolve(program.getKey());
      Files.createDirectories(path.getParent());
      Files.copy(Toolkit.program(program.getValue()), path);
    }
  }

  /** Starts the program as an engine does, except that {@code /opt/ml} is the test's folder. */
  private void start(RenderedContract contract, String entry) throws Exception {
    Interpreters interpreters =
        new Interpreters() {
          @Override
          public String of(Launcher.Kind kind) {
            return kind == Launcher.Kind.PYTHON ? toolkit.python() : "/bin/sh";
          }

          @Override
          public Optional<String> named(String program) {
            return Optional.of(Path.of(toolkit.bin(), program))
                .filter(Files::isExecutable)
                .map(Path::toString);
          }
        };
    byte[] head = Files.readAllBytes(base.resolve("code").resolve(entry));
    ProcessBuilder builder =
        new ProcessBuilder(CommandLine.of(contract, interpreters, head))
            .directory(base.resolve("code").toFile())
            .inheritIO();
    builder.environment().clear();
    builder
        .environment()
        .putAll(BaseEnvironment.of(toolkit.bin() + ":/usr/bin:/bin", base.toString()));
    contract
        .environment()
        .forEach(
            (name, value) -> builder.environment().put(name, value.replace("/opt/ml", "" + base)));
    Process process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private Path started() {
    return base.resolve("output/data/started.json");
  }

  /** Ours without what BYOA adds: what the descriptor says, and a dash's second spelling. */
  private static SortedMap<String, String> withoutSecondSpellings(
      Map<String, String> ours, Map<String, String> theirs) {
    SortedMap<String, String> rest = new TreeMap<>(ours);
    Map<String, String> second = new HashMap<>();
    theirs.forEach((name, value) -> second.putIfAbsent(name.replace('-', '_'), value));
    rest.keySet().removeIf(name -> !name.startsWith("SM_"));
    rest.keySet().removeIf(name -> !theirs.containsKey(name) && second.containsKey(name));
    return rest;
  }

  private String atOptMl(String text) {
    return text.replace(base.toString(), "/opt/ml");
  }

  private static List<String> texts(JsonNode array) {
    return Stream.iterate(0, i -> i < array.size(), i -> i + 1)
        .map(i -> array.get(i).asText())
        .toList();
  }

  private static SortedMap<String, String> strings(JsonNode object) {
    SortedMap<String, String> strings = new TreeMap<>();
    object.properties().forEach(member -> strings.put(member.getKey(), member.getValue().asText()));
    return strings;
  }
}
