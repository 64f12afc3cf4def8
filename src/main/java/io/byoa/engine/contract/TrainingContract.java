package io.byoa.engine.contract;

import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Entry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The one rendering of what a program sees. Pure: the same order and host give the same bytes on
 * every engine.
 */
public final class TrainingContract {

  private TrainingContract() {}

  /**
   * Renders an order for one host.
   *
   * @throws IllegalArgumentException when the order holds what no process can be given, U+0000 in a
   *     string or {@code =} in a name; launches refuse both before anything is ordered
   */
  public static RenderedContract render(TrainingOrder order, ContractHost host) {
    HyperParameters parameters = HyperParameters.of(order.hyperParameters());
    Json inputs = ConfigFiles.inputDataConfig(order.inputs());
    Json resources = ConfigFiles.resourceConfig(host);
    Arguments arguments = Arguments.of(order.program().arguments(), parameters);

    SortedMap<String, byte[]> files = new TreeMap<>();
    files.put(config("hyperparameters"), bytes(parameters.file()));
    files.put(config("inputdataconfig"), bytes(inputs));
    files.put(config("resourceconfig"), bytes(resources));
    if (order.checkpoints()) {
      files.put(config("checkpointconfig"), bytes(ConfigFiles.checkpointConfig()));
    }

    SortedMap<String, String> environment = new TreeMap<>(order.environment());
    environment.merge(
        "PYTHONPATH",
        MlFolder.CODE,
        (theirs, code) -> theirs.isEmpty() ? code : code + ":" + theirs);
    environment.put("TRAINING_JOB_NAME", order.name().value());
    environment.put("TRAINING_JOB_ARN", host.arnPrefix() + order.name().value());
    environment.putAll(
        new ToolkitEnvironment(order, host, parameters, inputs, resources, arguments).variables());

    return new RenderedContract(
        files, environment, launcher(order.program().entry()), arguments.values(), MlFolder.CODE);
  }

  /** How an entry is started, from its name alone. */
  public static Launcher launcher(Entry entry) {
    return switch (entry) {
      case Entry.Command(var argv) -> new Launcher.Direct(argv);
      case Entry.ImageDefault() -> new Launcher.ImageDefault();
      case Entry.Script(String path) -> {
        String file = path.substring(path.lastIndexOf('/') + 1);
        String extension =
            file.lastIndexOf('.') > 0 ? file.substring(file.lastIndexOf('.') + 1) : "";
        yield switch (extension.toLowerCase(Locale.ROOT)) {
          case "py" -> interpreter(Launcher.Kind.PYTHON, path);
          case "r" -> interpreter(Launcher.Kind.RSCRIPT, path);
          // Bash in a file called .sh is common; its first line says so.
          case "sh" -> new Launcher.Shebang("./" + path, Launcher.Kind.SH);
          case "" -> new Launcher.Shebang("./" + path, null);
          default -> new Launcher.Direct(List.of("./" + path));
        };
      }
    };
  }

  private static Launcher interpreter(Launcher.Kind kind, String path) {
    // Nobody may take the name for an option.
    return new Launcher.Interpreter(kind, path.startsWith("-") ? "./" + path : path);
  }

  private static String config(String file) {
    return "input/config/" + file + ".json";
  }

  private static byte[] bytes(Json json) {
    return JsonText.of(json).getBytes(StandardCharsets.US_ASCII);
  }
}
