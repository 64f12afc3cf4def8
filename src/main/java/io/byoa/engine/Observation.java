package io.byoa.engine;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an engine knows about a job at one moment. */
public sealed interface Observation {

  /** The engine knows no job of this name: never launched, or removed behind our back. */
  record Unknown() implements Observation {}

  /**
   * The job is on its way.
   *
   * @param phases the phases so far in their order, the current one last; never empty
   * @param attempts the starts of the program so far, the current one last
   */
  record Active(List<Phase> phases, List<Attempt> attempts) implements Observation {
    public Active {
      phases = List.copyOf(phases);
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * The job is over, and what it left is in the store.
   *
   * @param phases as in {@link Active}, all of them ended
   * @param billableSeconds what the provider charges for, per machine; absent when it does not say
   */
  record Ended(
      End end,
      Instant endedAt,
      List<Phase> phases,
      List<Attempt> attempts,
      Outputs outputs,
      @Nullable Long billableSeconds)
      implements Observation {
    public Ended {
      phases = List.copyOf(phases);
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One stretch of a job's life.
   *
   * @param name a SageMaker secondary status, or one of ours where it has none; engines may report
   *     names that nobody knows yet
   * @param message a sentence without running times, so that it only changes when something happens
   */
  record Phase(String name, Instant startedAt, @Nullable String message) {
    /** Machines and folders are being prepared. */
    public static final String STARTING = "Starting";

    /** Inputs are on their way to the machine. */
    public static final String DOWNLOADING = "Downloading";

    /** The dependencies of the program are being installed. */
    public static final String INSTALLING_DEPENDENCIES = "InstallingDependencies";

    /** The program runs. */
    public static final String TRAINING = "Training";

    /** The machine was taken away; the program will start again. */
    public static final String INTERRUPTED = "Interrupted";

    /** Somebody asked the job to stop; it has its grace period. */
    public static final String STOPPING = "Stopping";

    /** What the program left is on its way to the store. */
    public static final String UPLOADING = "Uploading";

    /** The message, or the name made a sentence: "InstallingDependencies" says that it does. */
    public String sentence() {
      if (message != null) {
        return message;
      }
      String words = name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
      return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
  }

  /**
   * One start of the program.
   *
   * @param number counts from 1 within the launch
   * @param end how it ended, such as {@code Completed}, {@code Failed}, {@code Interrupted}; absent
   *     while it runs
   * @param exitCode the program's exit code, when it ended by itself, also because it was asked to
   * @param signal the signal that ended it, such as {@code SIGKILL}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Attempt(
      int number,
      Instant startedAt,
      @Nullable Instant endedAt,
      @Nullable String end,
      @Nullable Integer exitCode,
      @Nullable String signal) {

    /** An attempt of whose program no exit code is known, or not yet. */
    public Attempt(int number, Instant startedAt, @Nullable Instant endedAt, @Nullable String end) {
      this(number, startedAt, endedAt, end, null, null);
    }

    /** The same under another number. */
    public Attempt numbered(int other) {
      return new Attempt(other, startedAt, endedAt, end, exitCode, signal);
    }
  }

  /** How a job ended. */
  sealed interface End {

    /** The program ended with exit code 0. */
    record Succeeded() implements End {}

    /** It was asked to stop and did, or was killed after its grace period. */
    record Stopped() implements End {}

    /** A limit, a failure, an interruption that was the last one: see the fault's code. */
    record Failed(Fault fault) implements End {}
  }
}
