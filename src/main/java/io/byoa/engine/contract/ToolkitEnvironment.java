package io.byoa.engine.contract;

import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Entry;
import io.byoa.engine.TrainingOrder.Input;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@code SM_*} variables, as the public training toolkit (PyPI {@code sagemaker-training} 5.1)
 * sets them in {@code environment.py}. A test runs that toolkit and compares.
 */
final class ToolkitEnvironment {

  private static final int LOG_LEVEL_INFO = 20;

  /** Parameters that switch one of the toolkit's ways of distributed training on. */
  private static final List<String> DISTRIBUTION_SWITCHES =
      List.of(
          "sagemaker_mpi_enabled",
          "sagemaker_parameter_server_enabled",
          "sagemaker_distributed_dataparallel_enabled",
          "sagemaker_pytorch_ddp_enabled",
          "sagemaker_pytorch_xla_multi_worker_enabled",
          "sagemaker_multi_worker_mirrored_strategy_enabled",
          "sagemaker_torch_distributed_enabled");

  private final TrainingOrder order;
  private final ContractHost host;
  private final ToolkitParameters parameters;
  private final Json inputs;
  private final Json resources;
  private final Arguments arguments;

  ToolkitEnvironment(
      TrainingOrder order,
      ContractHost host,
      HyperParameters parameters,
      Json inputs,
      Json resources,
      Arguments arguments) {
    this.order = order;
    this.host = host;
    this.parameters = ToolkitParameters.split(parameters);
    this.inputs = inputs;
    this.resources = resources;
    this.arguments = arguments;
  }

  /**
   * All of them. Names with a dash come in a second spelling with underscores, since POSIX shells
   * drop variables with a dash; a variable that has that name by itself keeps it.
   */
  SortedMap<String, String> variables() {
    SortedMap<String, String> variables = new TreeMap<>();
    SequencedMap<String, Json> facts = facts();
    facts.put("training_env", new Json.Members(trainingEnv()));
    facts.put("user_args", Json.of(arguments.values()));
    channelFolders().forEach((channel, folder) -> facts.put("channel_" + channel, folder));
    parameters.user().forEach((name, value) -> facts.put("hp_" + name, value));
    // Names that differ in case alone become one variable: the last one wins.
    facts.forEach((name, value) -> variables.put(variable(name), text(value)));
    for (var variable : List.copyOf(variables.entrySet())) {
      variables.putIfAbsent(variable.getKey().replace('-', '_'), variable.getValue());
    }
    return variables;
  }

  private static String variable(String name) {
    return "SM_" + name.toUpperCase(Locale.ROOT);
  }

  private static String text(Json value) {
    return switch (value) {
      case Json.Null() -> "";
      case Json.Text(String text) -> text;
      case Json.Bool _, Json.Num _, Json.Elements _, Json.Members _ -> PythonText.dumps(value);
    };
  }

  /** What {@code SM_TRAINING_ENV} repeats of the variables, under the same names. */
  private SequencedMap<String, Json> shared() {
    Json hosts = Json.of(host.hosts());
    SequencedMap<String, Json> facts = Json.members();
    facts.put("hosts", hosts);
    facts.put("network_interface_name", Json.of(host.networkInterface()));
    facts.put("user_entry_point", userEntryPoint());
    facts.put("resource_config", resources);
    facts.put("input_data_config", inputs);
    facts.put("output_data_dir", Json.of(MlFolder.OUTPUT_DATA));
    facts.put("current_host", Json.of(host.currentHost()));
    facts.put("current_instance_type", Json.of(host.instanceType()));
    facts.put("current_instance_group", Json.of(ConfigFiles.GROUP));
    facts.put("current_instance_group_hosts", hosts);
    facts.put("instance_groups", Json.of(List.of(ConfigFiles.GROUP)));
    facts.put("instance_groups_dict", instanceGroups());
    facts.put("distribution_instance_groups", distributionGroups());
    facts.put("is_hetero", Json.of(false));
    facts.put("module_name", moduleName());
    facts.put(
        "log_level",
        parameters
            .toolkit()
            .getOrDefault("sagemaker_container_log_level", Json.of(LOG_LEVEL_INFO)));
    facts.put("framework_module", Json.NULL);
    facts.put("input_dir", Json.of(MlFolder.INPUT));
    facts.put("input_config_dir", Json.of(MlFolder.CONFIG));
    facts.put("output_dir", Json.of(MlFolder.OUTPUT));
    facts.put("num_cpus", Json.of(host.cpus()));
    facts.put("num_gpus", Json.of(host.gpus()));
    facts.put("num_neurons", Json.of(host.neurons()));
    facts.put("model_dir", Json.of(MlFolder.MODEL));
    facts.put("module_dir", Json.of(moduleFolder()));
    facts.put("output_intermediate_dir", Json.of(MlFolder.OUTPUT_INTERMEDIATE));
    return facts;
  }

  private SequencedMap<String, Json> facts() {
    SequencedMap<String, Json> facts = shared();
    facts.put("hps", new Json.Members(parameters.user()));
    facts.put("framework_params", new Json.Members(parameters.framework()));
    facts.put("channels", Json.of(List.copyOf(channelFolders().keySet())));
    return facts;
  }

  private SequencedMap<String, Json> trainingEnv() {
    String master = host.hosts().getFirst();
    SequencedMap<String, Json> env = shared();
    env.put("additional_framework_parameters", new Json.Members(parameters.framework()));
    env.put("channel_input_dirs", new Json.Members(channelFolders()));
    env.put("distribution_hosts", Json.of(distributed() ? host.hosts() : List.of()));
    env.put("hyperparameters", new Json.Members(parameters.user()));
    env.put("is_master", Json.of(host.currentHost().equals(master)));
    env.put("is_modelparallel_enabled", modelParallel());
    env.put("is_smddpmprun_installed", Json.of(false));
    env.put("is_smddprun_installed", Json.of(false));
    env.put("job_name", Json.of(order.name().value()));
    env.put("master_hostname", Json.of(master));
    env.put("topology", Json.NULL);
    return env;
  }

  private SequencedMap<String, Json> channelFolders() {
    SequencedMap<String, Json> folders = new TreeMap<>(PythonText.ORDER);
    for (Input input : order.inputs()) {
      folders.put(input.channel(), Json.of(MlFolder.channel(input.channel())));
    }
    return folders;
  }

  private Json userEntryPoint() {
    return switch (order.program().entry()) {
      case Entry.Script(String path) -> Json.of(path);
      case Entry.Command _, Entry.ImageDefault _ -> Json.NULL;
    };
  }

  private Json moduleName() {
    return switch (order.program().entry()) {
      case Entry.Script(String path) ->
          Json.of(path.endsWith(".py") ? path.substring(0, path.length() - 3) : path);
      case Entry.Command _, Entry.ImageDefault _ -> Json.NULL;
    };
  }

  private String moduleFolder() {
    Json folder = parameters.toolkit().get("sagemaker_submit_directory");
    return folder == null ? MlFolder.CODE : PythonText.str(folder);
  }

  private Json instanceGroups() {
    SequencedMap<String, Json> group = Json.members();
    group.put("instance_group_name", Json.of(ConfigFiles.GROUP));
    group.put("instance_type", Json.of(host.instanceType()));
    group.put("hosts", Json.of(host.hosts()));
    SequencedMap<String, Json> groups = Json.members();
    groups.put(ConfigFiles.GROUP, new Json.Members(group));
    return new Json.Members(groups);
  }

  private Json distributionGroups() {
    Json chosen = parameters.framework().get("sagemaker_distribution_instance_groups");
    if (chosen != null) {
      return chosen;
    }
    boolean on =
        DISTRIBUTION_SWITCHES.stream()
            .map(name -> parameters.framework().getOrDefault(name, Json.NULL))
            .anyMatch(PythonText::truth);
    return Json.of(on ? List.of(ConfigFiles.GROUP) : List.of());
  }

  /** Python's {@code group in groups}: for a string, whether it contains the name. */
  private boolean distributed() {
    return switch (distributionGroups()) {
      case Json.Elements(var groups) -> groups.contains(Json.of(ConfigFiles.GROUP));
      case Json.Members(var groups) -> groups.containsKey(ConfigFiles.GROUP);
      case Json.Text(String text) -> text.contains(ConfigFiles.GROUP);
      // The toolkit does not survive these.
      case Json.Null _, Json.Bool _, Json.Num _ -> false;
    };
  }

  /**
   * The toolkit looks at its own environment for this one, as it was before it set any variable.
   */
  private Json modelParallel() {
    String parameters = order.environment().get("SM_HP_MP_PARAMETERS");
    if (parameters == null) {
      return Json.NULL;
    }
    return parameters.isEmpty() ? Json.of("") : Json.of(!parameters.equals("{}"));
  }
}
