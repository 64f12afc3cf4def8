package io.byoa.algorithm.descriptor;

import io.byoa.algorithm.descriptor.difference.Change;
import io.byoa.algorithm.descriptor.difference.Changes;
import io.byoa.algorithm.descriptor.schema.SchemaComparison;
import java.util.List;

/**
 * What differs between two descriptors of an algorithm, seen by those who launch it and read its
 * results. Names and versions themselves are not compared.
 *
 * @param changes in the order of the descriptor's fields
 */
public record DescriptorDiff(List<Change> changes) {

  /** Copies the list. */
  public DescriptorDiff {
    changes = List.copyOf(changes);
  }

  /** The difference of completed descriptors. */
  public static DescriptorDiff between(Descriptor before, Descriptor after) {
    Changes changes = new Changes();
    OutlineComparison outline = new OutlineComparison(changes, before.json(), after.json());
    outline.value("/description", "The description");
    outline.value("/runtime", "The runtime");
    outline.value("/entryPoint", "The entry point");
    outline.value("/arguments", "The style of arguments");
    new SchemaComparison(changes)
        .compare(
            HyperParameters.POINTER,
            "parameter",
            before.hyperParameters().schema(),
            after.hyperParameters().schema());
    new ChannelComparison(changes).compare(before.channels(), after.channels());
    new MetricComparison(changes).compare(before.metrics(), after.metrics());
    outline.instanceTypes(before.resources(), after.resources());
    outline.value("/resources/instanceCount", "The number of machines");
    outline.value("/resources/volumeSizeInGB", "The size of the disk");
    outline.value("/stoppingCondition/maxRuntimeInSeconds", "The longest runtime");
    outline.value("/stoppingCondition/maxWaitTimeInSeconds", "The longest wait");
    outline.value("/retryStrategy/maximumRetryAttempts", "The number of retries");
    outline.value("/spot", "Whether spot is used");
    outline.checkpoints(before.checkpoints(), after.checkpoints());
    outline.value("/networkIsolation", "Whether the network is cut off");
    outline.value("/packaging", "The packaging");
    outline.environment(before.environment(), after.environment());
    return new DescriptorDiff(changes.all());
  }

  /** Whether the newer version needs a new major number, since it breaks callers of the older. */
  public boolean requiresMajor() {
    return changes.stream().anyMatch(Change::breaking);
  }
}
