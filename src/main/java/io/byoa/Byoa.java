package io.byoa;

import io.byoa.common.StartRefused;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where BYOA starts: the data folder and its database first, then the application on them; and the
 * other way round at the end, whatever ends it.
 */
@QuarkusMain
public final class Byoa {

  private static final int DRAIN_SECONDS = 60;

  private Byoa() {}

  /** Serves; or, with arguments, does the command that the first one names. */
  public static void main(String... arguments) {
    boolean serving = arguments.length == 0;
    if (serving) {
      UnknownSettings.in(System.getenv().keySet()).forEach(System.err::println);
    }
    AtomicBoolean running = new AtomicBoolean();
    CountDownLatch ended = new CountDownLatch(1);
    Settings settings = settings();
    Foundation foundation = new Foundation(settings);
    try {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> removeAfter(running, ended, foundation), "byoa-foundation"));
      foundation.lay(serving);
      // System properties, because only they outrank the environment in both of our profiles; this
      // process's own user alone can read them, as it can read the password file.
      foundation.properties(serving).forEach(System::setProperty);
      // Every address is checked by io.byoa.web.RequestLine, which says what is wrong with it.
      System.setProperty("vertx.disableURIValidation", "true");
    } catch (StartRefused e) {
      foundation.remove();
      refuse(String.valueOf(e.getMessage()), 1);
    }
    running.set(true);
    // With a handler of our own Quarkus tells nothing about a failed start by itself.
    Quarkus.run(
        Application.class,
        (exitCode, failure) -> {
          if (failure != null) {
            foundation.remove();
            tell(failure, settings, exitCode);
          }
          ended.countDown();
          System.exit(exitCode);
        },
        arguments);
  }

  private static Settings settings() {
    try {
      return Settings.read();
    } catch (RuntimeException e) {
      refuse(StartFailure.sentence(e).orElseThrow(() -> e), 1);
      throw e;
    }
  }

  private static void tell(Throwable failure, Settings settings, int exitCode) {
    Optional<String> sentence = StartFailure.sentence(failure, settings);
    if (sentence.isPresent()) {
      refuse(sentence.get(), exitCode);
    }
    System.err.println("BYOA has failed, by a defect of its own:");
    failure.printStackTrace();
  }

  /**
   * Ends at once: an orderly end would print what the log has kept for the time when it is set up,
   * which is not worth reading beside the sentence.
   */
  private static void refuse(String sentence, int exitCode) {
    System.err.println("BYOA does not start. " + sentence);
    System.err.flush();
    System.out.flush();
    Runtime.getRuntime().halt(exitCode);
  }

  /** Quarkus stops the application in a shutdown hook of its own, beside this one. */
  private static void removeAfter(
      AtomicBoolean running, CountDownLatch ended, Foundation foundation) {
    try {
      if (running.get() && !ended.await(DRAIN_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("The application has not ended in time; stopping the database anyway.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    foundation.remove();
  }
}
