package io.byoa.engine;

/** What an engine answers to a launch. */
public sealed interface LaunchAnswer {

  /** The job runs, or has run, under its name. */
  record Accepted() implements LaunchAnswer {}

  /**
   * Not now, through nobody's fault: the job goes back in line.
   *
   * @param reason what is missing
   * @param message a sentence for the job's timeline
   */
  record Deferred(Shortage reason, String message) implements LaunchAnswer {}

  /** Never: trying again with the same order will fail in the same way. */
  record Rejected(Fault fault) implements LaunchAnswer {}

  /** What a job can wait for. */
  enum Shortage {
    /** All slots of this machine are taken. */
    SLOT,
    /** The account's quota for the instance type is used up. */
    QUOTA,
    /** The provider has no such machine to give at present. */
    CAPACITY
  }
}
