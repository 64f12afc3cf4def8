package io.byoa.engine.local.process;

import io.byoa.engine.Fault;
import io.byoa.engine.Observation.End;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about how one start of the program ended.
 *
 * @param code the exit code as shells count; absent when neither process nor code were left
 * @param sandboxFailed whether the sandbox failed before the program was started
 * @param cause what we did to the program, if anything
 * @param failure the program's own words, its first 1,024 characters; empty when there are none
 * @param lastLines the end of the output
 */
public record Ending(
    @Nullable Integer code, boolean sandboxFailed, Cause cause, String failure, String lastLines) {

  /** What the engine did to the program. */
  enum Cause {
    NONE,
    STOPPED,
    INTERRUPTED,
    OVER_MEMORY,
    OVER_RUNTIME,
    OVER_WAIT
  }

  /** Exit codes above this are a signal's number added to it. */
  private static final int SIGNALLED = 128;

  private static final int KILL = 9;

  private static final Map<Integer, String> SIGNALS =
      Map.ofEntries(
          Map.entry(1, "SIGHUP"),
          Map.entry(2, "SIGINT"),
          Map.entry(3, "SIGQUIT"),
          Map.entry(4, "SIGILL"),
          Map.entry(5, "SIGTRAP"),
          Map.entry(6, "SIGABRT"),
          Map.entry(7, "SIGBUS"),
          Map.entry(8, "SIGFPE"),
          Map.entry(KILL, "SIGKILL"),
          Map.entry(11, "SIGSEGV"),
          Map.entry(13, "SIGPIPE"),
          Map.entry(14, "SIGALRM"),
          Map.entry(15, "SIGTERM"),
          Map.entry(24, "SIGXCPU"),
          Map.entry(25, "SIGXFSZ"),
          Map.entry(31, "SIGSYS"));

  /** Whether the program is to be started again. */
  public boolean interrupted() {
    return cause == Cause.INTERRUPTED && code != null && code == SIGNALLED + KILL;
  }

  /** The word for the attempt. */
  public String word() {
    return switch (verdict()) {
      case End.Succeeded() -> "Completed";
      case End.Stopped() -> "Stopped";
      case End.Failed(Fault fault) ->
          switch (fault.code()) {
            case MAX_RUNTIME_EXCEEDED -> "MaxRuntimeExceeded";
            case MAX_WAIT_EXCEEDED -> "MaxWaitTimeExceeded";
            case INTERRUPTED -> "Interrupted";
            case PROGRAM_FAILED,
                DEPENDENCIES_FAILED,
                OUT_OF_MEMORY,
                INPUT_MISSING,
                CAPACITY,
                PROVIDER_ERROR,
                PLATFORM_ERROR,
                CODE_ALTERED,
                DELETED_EXTERNALLY ->
                "Failed";
          };
    };
  }

  /** How the launch ended, if it is not started again. */
  public End verdict() {
    if (code == null) {
      return failed(
          Fault.Code.PLATFORM_ERROR,
          "The program is gone and left no exit code: the machine was restarted, or somebody killed"
              + " its supervisor.",
          null);
    }
    if (sandboxFailed) {
      return failed(
          Fault.Code.PLATFORM_ERROR, "The sandbox could not be set up. " + lastLines, null);
    }
    return switch (cause) {
      case OVER_RUNTIME ->
          failed(
              Fault.Code.MAX_RUNTIME_EXCEEDED,
              "The program was stopped at its time limit.",
              "Raise stoppingCondition.maxRuntimeInSeconds, or make the program save checkpoints.");
      case OVER_WAIT ->
          failed(
              Fault.Code.MAX_WAIT_EXCEEDED,
              "The program was stopped: waiting and running took longer than allowed.",
              "Raise stoppingCondition.maxWaitTimeInSeconds.");
      case OVER_MEMORY ->
          code == 0
              ? new End.Succeeded()
              : failed(
                  Fault.Code.OUT_OF_MEMORY,
                  "The program was killed for using more memory than this installation gives to one.",
                  "Use less memory at a time, or ask the operator to raise byoa.engine.local.memory.");
      case STOPPED -> new End.Stopped();
      case INTERRUPTED ->
          interrupted()
              ? failed(Fault.Code.INTERRUPTED, "The program was interrupted.", null)
              : byItself();
      case NONE -> byItself();
    };
  }

  private End byItself() {
    if (code != null && code == 0) {
      return new End.Succeeded();
    }
    String said = (failure.isBlank() ? lastLines : failure).strip();
    String how =
        signal() == null ? "exit code " + code : "signal " + signal().substring("SIG".length());
    return failed(
        Fault.Code.PROGRAM_FAILED,
        said.isBlank() ? "The program ended with " + how + " and said nothing." : said,
        code != null && code == SIGNALLED + KILL
            ? "Somebody other than this server killed it; often the kernel, when memory runs out."
            : null);
  }

  private End failed(Fault.Code fault, String detail, @Nullable String hint) {
    return new End.Failed(new Fault(fault, detail, exitCode(), signal(), hint));
  }

  /** The program's exit code; absent when a signal ended it, or nobody knows. */
  public @Nullable Integer exitCode() {
    return signal() == null ? code : null;
  }

  /** The signal that ended the program. */
  public @Nullable String signal() {
    return code == null ? null : SIGNALS.get(code - SIGNALLED);
  }
}
