package io.byoa.engine.contract;

import java.util.List;

/**
 * What a program is told about the machines it runs on.
 *
 * @param hosts all hosts of the job, sorted, such as {@code algo-1}
 * @param currentHost the host of this program, one of {@code hosts}
 * @param networkInterface the interface through which the hosts reach each other
 * @param instanceType as SageMaker calls it, such as {@code ml.m5.large}
 * @param cpus processors, at least 1
 * @param gpus NVIDIA devices
 * @param neurons cores of AWS Neuron devices
 * @param arnPrefix what the job's name completes to an ARN, ending with {@code training-job/}
 */
public record ContractHost(
    List<String> hosts,
    String currentHost,
    String networkInterface,
    String instanceType,
    int cpus,
    int gpus,
    int neurons,
    String arnPrefix) {

  /** The name that SageMaker gives to a job's only host, and to the first of several. */
  public static final String FIRST = "algo-1";

  /**
   * The prefix of ARNs where there is no account: same shape, so that programs that take the region
   * or the name out of it still work.
   */
  public static final String LOCAL_ARN_PREFIX =
      "arn:aws:sagemaker:local:000000000000:training-job/";

  /** Copies the list and refuses impossible machines. */
  public ContractHost {
    hosts = List.copyOf(hosts);
    if (!hosts.contains(currentHost)) {
      throw new IllegalArgumentException(currentHost + " is not one of the hosts " + hosts);
    }
    if (cpus < 1 || gpus < 0 || neurons < 0) {
      throw new IllegalArgumentException(
          "No such machine: %d processors, %d GPUs, %d neuron cores"
              .formatted(cpus, gpus, neurons));
    }
    if (!arnPrefix.endsWith("training-job/")) {
      throw new IllegalArgumentException("Not the prefix of a training job's ARN: " + arnPrefix);
    }
  }

  /** One machine without an account. */
  public static ContractHost single(String instanceType, int cpus, int gpus) {
    return new ContractHost(
        List.of(FIRST), FIRST, "eth0", instanceType, cpus, gpus, 0, LOCAL_ARN_PREFIX);
  }
}
