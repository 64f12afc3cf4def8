package io.byoa.engine.contract;

import io.byoa.common.Sha256;
import io.byoa.engine.LaunchName;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.ArgumentStyle;
import io.byoa.engine.TrainingOrder.Compute;
import io.byoa.engine.TrainingOrder.Entry;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.TrainingOrder.Limits;
import io.byoa.engine.TrainingOrder.Metric;
import io.byoa.engine.TrainingOrder.Program;
import io.byoa.runtime.RuntimeId;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Orders to render. */
final class Orders {

  static final String JOB = "01KAG6Z9V8Y7X6W5T4S3R2Q1P0";

  static final LaunchName NAME = LaunchName.of("iris-tree", JOB, 1);

  private Orders() {}

  /** An order with parameters that show every rule of every style. */
  static TrainingOrder rich(ArgumentStyle style) {
    SortedMap<String, String> parameters = new TreeMap<>();
    parameters.put("k", "5");
    parameters.put("max_leaf_nodes", "8");
    parameters.put("learning-rate", "0.10");
    parameters.put("tiny", "1E-7");
    parameters.put("seed", "123456789012345678901234567890");
    parameters.put("shuffle", "true");
    parameters.put("resume_from", "null");
    parameters.put("criterion", "\"gini\"");
    parameters.put("fold", "\"07\"");
    parameters.put("digits", "\"7.50\"");
    parameters.put("title", "\"It's \\\"déjà vu\\\" \\ud83c\\udf38; $(rm -rf /)\\n--x\"");
    parameters.put("layers", "[ 64, 32.0, \"it's\", null, {\"a\": true} ]");
    parameters.put("optimizer", "{ \"name\": \"adam\", \"betas\": [0.9, 0.999], \"eps\": 1e-08 }");
    parameters.put("sagemaker_mpi_enabled", "false");
    return order(
        new Entry.Script("train.py"),
        style,
        parameters,
        List.of(input("training", "text/csv"), input("my-labels", null)),
        Map.of("OMP_NUM_THREADS", "2", "PYTHONPATH", "/opt/ml/code/lib"),
        true);
  }

  /** An order of these parameters and nothing else out of the ordinary. */
  static TrainingOrder scriptMode(Map<String, String> parameters) {
    return order(
        new Entry.Script("train.py"),
        ArgumentStyle.SCRIPT_MODE,
        parameters,
        List.of(input("training", null)),
        Map.of(),
        false);
  }

  static TrainingOrder order(
      Entry entry,
      ArgumentStyle style,
      Map<String, String> parameters,
      List<Input> inputs,
      Map<String, String> environment,
      boolean checkpoints) {
    Sha256 digest = Sha256.of("code");
    return new TrainingOrder(
        NAME,
        "test",
        JOB,
        1,
        0,
        "iris-tree",
        "1.4.0",
        new StoredObject(new ObjectKey("bundles/" + digest), 4, digest),
        new Program(entry, style, null),
        new RuntimeId("python", "3.11"),
        new TreeMap<>(parameters),
        inputs,
        new TreeMap<>(environment),
        List.of(new Metric("accuracy", "accuracy=([0-9.]+)")),
        new Compute("ml.m5.large", 1, 10, true),
        new Limits(Duration.ofHours(1), Duration.ofHours(2)),
        checkpoints,
        false,
        new TreeMap<>(),
        "jobs/" + JOB + "/1/");
  }

  static Input input(String channel, @Nullable String contentType) {
    return new Input(
        channel, contentType, "File", new InputSource.Prefix(URI.create("s3://bucket/in/")));
  }
}
