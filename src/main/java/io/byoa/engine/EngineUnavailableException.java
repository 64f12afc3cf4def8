package io.byoa.engine;

/** An engine could not be asked, or did not answer: the effect of the call is not known. */
public final class EngineUnavailableException extends RuntimeException {

  /** The message is for the job's timeline: what could not be reached, in words of the user. */
  public EngineUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
