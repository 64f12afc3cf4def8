package io.byoa.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.byoa.common.Sha256;
import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Compute;
import io.byoa.engine.TrainingOrder.Entry;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputFile;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.TrainingOrder.Limits;
import io.byoa.engine.TrainingOrder.Program;
import io.byoa.runtime.RuntimeId;
import io.byoa.store.ObjectKey;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.jspecify.annotations.Nullable;

/** Builds orders for tests: a small program, stored as a version's code is, and its job. */
public final class Orders {

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private final ObjectStore store;
  private final Map<String, String> files = new TreeMap<>();
  private final List<Input> inputs = new ArrayList<>();
  private final SortedMap<String, String> parameters = new TreeMap<>();
  private final SortedMap<String, String> environment = new TreeMap<>();
  private Entry entry;
  private RuntimeId runtime = new RuntimeId("other", "");
  private String jobId = nextJobId();
  private int launch = 1;
  private boolean checkpoints;
  private boolean isolated;
  private int instances = 1;
  private @Nullable String dependencies;
  private Duration maxRuntime = Duration.ofHours(1);
  private @Nullable Duration maxWait;

  private Orders(ObjectStore store, Entry entry) {
    this.store = store;
    this.entry = entry;
  }

  /** A job id that no other test of this run has. */
  public static String nextJobId() {
    return String.format(Locale.ROOT, "01TEST%020d", COUNTER.incrementAndGet());
  }

  /** A program of one file. */
  public static Orders script(ObjectStore store, String name, String content) {
    Orders orders = new Orders(store, new Entry.Script(name));
    orders.files.put(name, content);
    if (name.endsWith(".py")) {
      orders.runtime = new RuntimeId("python", "3.11");
    } else if (name.endsWith(".R")) {
      orders.runtime = new RuntimeId("r", "4.2");
    }
    return orders;
  }

  /** One more file of the code. */
  public Orders file(String name, String content) {
    files.put(name, content);
    return this;
  }

  /** A command instead of a script. */
  public Orders command(String... argv) {
    entry = new Entry.Command(List.of(argv));
    return this;
  }

  /** A channel with one file. */
  public Orders input(String channel, String file, String content) {
    String prefix = "datasets/" + Sha256.of(channel + file + content) + "/";
    StoredObject object = put(prefix + file, content.getBytes(UTF_8));
    return input(channel, new InputSource.Files(prefix, List.of(new InputFile(file, object))));
  }

  /** A channel. */
  public Orders input(String channel, InputSource source) {
    inputs.add(new Input(channel, null, "File", source));
    return this;
  }

  /** A hyperparameter, its value as JSON. */
  public Orders parameter(String name, String json) {
    parameters.put(name, json);
    return this;
  }

  /** A variable of the descriptor. */
  public Orders variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Another runtime. */
  public Orders runtime(String language, String version) {
    runtime = new RuntimeId(language, version);
    return this;
  }

  /** A launch of a certain job. */
  public Orders job(String id, int number) {
    jobId = id;
    launch = number;
    return this;
  }

  /** With checkpoints. */
  public Orders checkpoints() {
    checkpoints = true;
    return this;
  }

  /** Without a network. */
  public Orders isolated() {
    isolated = true;
    return this;
  }

  /** More machines than one. */
  public Orders instances(int count) {
    instances = count;
    return this;
  }

  /** Dependencies that are installed first. */
  public Orders dependencies(String file, String content) {
    dependencies = file;
    return file(file, content);
  }

  /** A limit on running. */
  public Orders maxRuntime(Duration limit) {
    maxRuntime = limit;
    return this;
  }

  /** A limit on running and waiting together. */
  public Orders maxWait(Duration limit) {
    maxWait = limit;
    return this;
  }

  /** The order. */
  public TrainingOrder order() {
    byte[] tar = tar();
    return new TrainingOrder(
        LaunchName.of("test", jobId, launch),
        "installation",
        jobId,
        launch,
        0,
        "test",
        "1.0.0",
        put("code/" + Sha256.of(tar) + ".tar", tar),
        new Program(entry, ArgumentStyle.FLAGS, dependencies),
        runtime,
        parameters,
        inputs,
        environment,
        List.of(),
        new Compute("ml.m5.large", instances, 10, maxWait != null),
        new Limits(maxRuntime, maxWait),
        checkpoints,
        isolated,
        new TreeMap<>(),
        "jobs/" + jobId + "/" + launch + "/output/");
  }

  private StoredObject put(String key, byte[] content) {
    try {
      return store.put(new ObjectKey(key), new ByteArrayInputStream(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] tar() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        byte[] content = file.getValue().getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
        entry.setSize(content.length);
        entry.setModTime(0);
        entry.setMode(file.getValue().startsWith("#!") ? 0100755 : 0100644);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
