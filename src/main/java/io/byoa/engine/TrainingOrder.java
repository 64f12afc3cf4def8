package io.byoa.engine;

import io.byoa.runtime.RuntimeId;
import io.byoa.store.ObjectKey;
import io.byoa.store.StoredObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything an engine needs to run one launch of a job, resolved: nothing in here is looked up
 * again. It is complete in itself, can be written to a file and read back, and says the same to
 * every engine.
 *
 * @param name the idempotency key
 * @param installation which BYOA ordered this, so that two of them can share an account
 * @param launch counts the engine jobs of this job from 1
 * @param priorAttempts starts of the program in earlier launches
 * @param code the version's code, a canonical tar
 * @param hyperParameters name to value as JSON text, as the client wrote it
 * @param outputPrefix where in the store outputs go, ending with a slash
 */
public record TrainingOrder(
    LaunchName name,
    String installation,
    String jobId,
    int launch,
    int priorAttempts,
    String algorithm,
    String version,
    StoredObject code,
    Program program,
    RuntimeId runtime,
    SortedMap<String, String> hyperParameters,
    List<Input> inputs,
    SortedMap<String, String> environment,
    List<Metric> metrics,
    Compute compute,
    Limits limits,
    boolean checkpoints,
    boolean networkIsolation,
    SortedMap<String, String> tags,
    String outputPrefix) {

  /** Copies lists and maps. */
  public TrainingOrder {
    hyperParameters = Collections.unmodifiableSortedMap(new TreeMap<>(hyperParameters));
    inputs = List.copyOf(inputs);
    environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
    metrics = List.copyOf(metrics);
    tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
  }

  /** Where an output of this job goes. */
  public ObjectKey output(String file) {
    return new ObjectKey(outputPrefix + file);
  }

  /**
   * How the program is started.
   *
   * @param entry what is started
   * @param arguments how hyperparameters reach its argv
   * @param dependencies the file in the code that lists what to install first
   */
  public record Program(Entry entry, ArgumentStyle arguments, @Nullable String dependencies) {}

  /** What is started. */
  public sealed interface Entry {
    /** A file of the code, run by the interpreter that its name or its first line asks for. */
    record Script(String path) implements Entry {}

    /** An argv, run as it is. */
    record Command(List<String> argv) implements Entry {
      public Command {
        argv = List.copyOf(argv);
      }
    }

    /** The image's own entry point. */
    record ImageDefault() implements Entry {}
  }

  /** How hyperparameters reach the program's argv. */
  public enum ArgumentStyle {
    /** {@code --key value}, keys sorted, objects and arrays as JSON. */
    FLAGS,
    /** As the public SageMaker training toolkit does. */
    SCRIPT_MODE,
    /** The bare word {@code train}. */
    TRAIN
  }

  /**
   * One input channel.
   *
   * @param inputMode SageMaker's {@code TrainingInputMode}: {@code File}, {@code FastFile} or
   *     {@code Pipe}
   */
  public record Input(
      String channel, @Nullable String contentType, String inputMode, InputSource source) {}

  /** Where an input's files are. */
  public sealed interface InputSource {
    /** Files in the store. */
    record Files(String prefix, List<InputFile> files) implements InputSource {
      public Files {
        files = List.copyOf(files);
      }
    }

    /** Everything under a prefix outside the store, such as {@code s3://bucket/prefix/}. */
    record Prefix(URI uri) implements InputSource {}

    /** A folder or file of this machine that the operator allowed, under its real path. */
    record Local(Path path) implements InputSource {}
  }

  /**
   * A file of an input.
   *
   * @param path below the channel's folder, with forward slashes
   */
  public record InputFile(String path, StoredObject object) {}

  /** A metric to find in the output; the first group of the RE2 expression is the value. */
  public record Metric(String name, String regex) {}

  /**
   * The machines.
   *
   * @param instanceType as SageMaker calls it; locally it only sets the price comparison
   * @param volumeGiB the disk of each machine
   */
  public record Compute(String instanceType, int instanceCount, int volumeGiB, boolean spot) {}

  /**
   * When the engine ends the job by itself.
   *
   * @param maxRuntime of running, over all attempts of this launch
   * @param maxWait of running and waiting together; only for spot
   */
  public record Limits(Duration maxRuntime, @Nullable Duration maxWait) {}
}
