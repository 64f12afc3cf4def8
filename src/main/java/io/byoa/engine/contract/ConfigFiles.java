package io.byoa.engine.contract;

import io.byoa.engine.TrainingOrder.Input;
import java.util.Comparator;
import java.util.List;
import java.util.SequencedMap;

/** The JSON files in {@code /opt/ml/input/config}, in the shapes that SageMaker writes. */
final class ConfigFiles {

  /** The instance group of a job whose machines are all of one type. */
  static final String GROUP = "homogeneousCluster";

  private ConfigFiles() {}

  /** Keyed by channel; a content type only where one was given. */
  static Json inputDataConfig(List<Input> inputs) {
    SequencedMap<String, Json> channels = Json.members();
    inputs.stream()
        .sorted(Comparator.comparing(Input::channel, PythonText.ORDER))
        .forEach(input -> channels.put(input.channel(), channel(input)));
    return new Json.Members(channels);
  }

  private static Json channel(Input input) {
    SequencedMap<String, Json> channel = Json.members();
    if (input.contentType() != null) {
      channel.put("ContentType", Json.of(input.contentType()));
    }
    channel.put("TrainingInputMode", Json.of(input.inputMode()));
    channel.put("S3DistributionType", Json.of("FullyReplicated"));
    channel.put("RecordWrapperType", Json.of("None"));
    return new Json.Members(channel);
  }

  /**
   * The machines. {@code topology} is only filled on machines of one rack ("UltraServers"), and
   * null elsewhere.
   */
  static Json resourceConfig(ContractHost host) {
    SequencedMap<String, Json> group = Json.members();
    group.put("instance_group_name", Json.of(GROUP));
    group.put("instance_type", Json.of(host.instanceType()));
    group.put("hosts", Json.of(host.hosts()));

    SequencedMap<String, Json> config = Json.members();
    config.put("current_host", Json.of(host.currentHost()));
    config.put("current_instance_type", Json.of(host.instanceType()));
    config.put("current_group_name", Json.of(GROUP));
    config.put("hosts", Json.of(host.hosts()));
    config.put("instance_groups", new Json.Elements(List.of(new Json.Members(group))));
    config.put("network_interface_name", Json.of(host.networkInterface()));
    config.put("topology", Json.NULL);
    return new Json.Members(config);
  }

  /** Where checkpoints are; the file exists only when they are on. */
  static Json checkpointConfig() {
    SequencedMap<String, Json> config = Json.members();
    config.put("LocalPath", Json.of(MlFolder.CHECKPOINTS));
    return new Json.Members(config);
  }
}
