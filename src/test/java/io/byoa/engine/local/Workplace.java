package io.byoa.engine.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byoa.engine.EngineChanged;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Orders;
import io.byoa.engine.Outputs;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.environment.LocalRuntimes;
import io.byoa.runtime.RuntimeCatalogue;
import io.byoa.store.InMemoryObjectStore;
import io.byoa.store.ObjectStore;
import io.byoa.testing.Mapped;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A local engine in a folder of its own, with real processes, and a store in the heap. */
final class Workplace implements AutoCloseable {

  final Path data;
  final ObjectStore store;
  final List<EngineChanged> changes = new CopyOnWriteArrayList<>();
  final Machine machine;
  final LocalEngine engine;

  Workplace(Path data, Map<String, String> settings) throws IOException, InterruptedException {
    this(data, settings, new InMemoryObjectStore(InstantSource.system()));
  }

  Workplace(Path data, Map<String, String> settings, ObjectStore store)
      throws IOException, InterruptedException {
    this(data, settings, store, Micros.UTC);
  }

  Workplace(Path data, Map<String, String> settings, InstantSource time)
      throws IOException, InterruptedException {
    this(data, settings, new InMemoryObjectStore(InstantSource.system()), time);
  }

  private Workplace(Path data, Map<String, String> settings, ObjectStore store, InstantSource time)
      throws IOException, InterruptedException {
    this.data = data;
    this.store = store;
    this.machine =
        Machine.of(
            config(data, settings),
            store,
            time,
            LocalRuntimes.ofThisMachine(RuntimeCatalogue.standard()),
            new SimpleMeterRegistry());
    this.engine = new LocalEngine(machine, changes::add);
  }

  /** The settings of an engine, from property names without their prefix. */
  static LocalEngineConfig config(Path data, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>();
    properties.put("byoa.engine.local.data", data.toString());
    properties.put("byoa.engine.local.keep-free", "1M");
    settings.forEach((name, value) -> properties.put("byoa.engine.local." + name, value));
    return Mapped.of(LocalEngineConfig.class, properties);
  }

  /** An order for a shell script. */
  Orders shell(String script) {
    return Orders.script(store, "run.sh", script);
  }

  /** An order for a Python script. */
  Orders python(String script) {
    return Orders.script(store, "train.py", script);
  }

  LaunchName launched(TrainingOrder order) {
    LaunchAnswer answer = engine.launch(order);
    if (!(answer instanceof LaunchAnswer.Accepted)) {
      throw new AssertionError("Not accepted: " + answer);
    }
    return order.name();
  }

  Observation.Ended ended(LaunchName name) {
    Awaitility.await("the end of " + name)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> engine.observe(name) instanceof Observation.Ended);
    return (Observation.Ended) engine.observe(name);
  }

  Observation.Ended run(Orders order) {
    return ended(launched(order.order()));
  }

  String log(LaunchName name) {
    return new String(engine.readLog(name, 0, 100_000_000).content(), UTF_8);
  }

  /** Waits until the log contains the text. */
  void awaitLog(LaunchName name, String text) {
    Awaitility.await(text)
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> log(name).contains(text));
  }

  /** The paths in an archive of few files; none when there is no archive. */
  static List<String> paths(Outputs.@Nullable Archive archive) {
    return archive == null
        ? List.of()
        : archive.members().stream().map(Outputs.Member::path).toList();
  }

  LaunchFolder folder(LaunchName name) {
    return LaunchFolder.of(machine.jobs(), name);
  }

  @Override
  public void close() throws IOException {
    engine.close();
  }

  /** The clock that the server uses. */
  private static final class Micros implements InstantSource {
    static final Micros UTC = new Micros();

    @Override
    public Instant instant() {
      return InstantSource.system().instant().truncatedTo(java.time.temporal.ChronoUnit.MICROS);
    }
  }
}
