package io.byoa.engine;

import org.jspecify.annotations.Nullable;

/**
 * Why a job did not complete, in words for the person who launched it.
 *
 * @param code what happened
 * @param detail what happened in this case: the program's own failure text or last lines where
 *     there are some
 * @param exitCode the program's exit code, when it ended by itself
 * @param signal the signal that ended it, such as {@code SIGKILL}
 * @param hint what to try, when there is something to try
 */
public record Fault(
    Code code,
    String detail,
    @Nullable Integer exitCode,
    @Nullable String signal,
    @Nullable String hint) {

  /** A fault without exit code, signal or hint. */
  public Fault(Code code, String detail) {
    this(code, detail, null, null, null);
  }

  /** The cases, each with who has to act on it. */
  public enum Code {
    /** The program ended with an exit code other than 0, or by a signal. */
    PROGRAM_FAILED(Party.ALGORITHM),
    /** The installer of the dependencies failed. */
    DEPENDENCIES_FAILED(Party.ALGORITHM),
    /** The program was killed for using more memory than there is for it. */
    OUT_OF_MEMORY(Party.ALGORITHM),
    /** The time limit for running is over. */
    MAX_RUNTIME_EXCEEDED(Party.REQUESTER),
    /** The time limit for running and waiting together is over. */
    MAX_WAIT_EXCEEDED(Party.REQUESTER),
    /** Spot capacity was taken away and no attempts are left. */
    INTERRUPTED(Party.PROVIDER),
    /** An input is not there, or cannot be read. */
    INPUT_MISSING(Party.INPUT),
    /** No machine of a declared type could be had. */
    CAPACITY(Party.PROVIDER),
    /** The provider failed in another way. */
    PROVIDER_ERROR(Party.PROVIDER),
    /** This server or its machine failed. */
    PLATFORM_ERROR(Party.PLATFORM),
    /** The stored code is not what was published; launching again would not help. */
    CODE_ALTERED(Party.PLATFORM),
    /** Somebody removed the job at the provider. */
    DELETED_EXTERNALLY(Party.PLATFORM);

    private final Party party;

    Code(Party party) {
      this.party = party;
    }

    /** Whose fault it is. */
    public Party party() {
      return party;
    }
  }

  /** Who has to act. */
  public enum Party {
    /** Who wrote the algorithm. */
    ALGORITHM,
    /** Who supplies the data. */
    INPUT,
    /** Who runs this server. */
    PLATFORM,
    /** Who rents out the machines. */
    PROVIDER,
    /** Who launched the job. */
    REQUESTER
  }
}
