package io.byoa;

import io.byoa.database.StartRefused;
import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
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
    try {
      Foundation foundation = new Foundation(Settings.read());
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(() -> removeAfter(running, ended, foundation), "byoa-foundation"));
      foundation.lay(serving);
      // System properties, because only they outrank the environment in both of our profiles; this
      // process's own user alone can read them, as it can read the password file.
      foundation.properties(serving).forEach(System::setProperty);
    } catch (StartRefused e) {
      System.err.println("BYOA does not start. " + e.getMessage());
      System.exit(1);
    }
    running.set(true);
    ApplicationLifecycleManager.setDefaultExitCodeHandler((exitCode, failure) -> {
      ended.countDown();
      System.exit(exitCode);
    });
    Quarkus.run(Application.class, arguments);
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
