package io.byoa.testing;

import io.byoa.database.DataFolder;
import io.byoa.database.DatabaseAddress;
import io.byoa.database.EmbeddedPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives every {@code @QuarkusTest} a real PostgreSQL and a data folder of its own, {@code
 * byoa.data}; nothing has to be annotated. One cluster serves all tests of a JVM, and they share
 * its tables. It is copied from one that is made once per build folder.
 */
@QuarkusTestResource(EmbeddedDatabase.class)
public final class EmbeddedDatabase implements QuarkusTestResourceLifecycleManager {

  // Tests are loaded by several class loaders, so "once per JVM" is remembered where all can see
  // it.
  private static final String MEMORY = "byoa.test.database.";

  @Override
  public Map<String, String> start() {
    if (System.getProperty(MEMORY + "url") == null) {
      startOnce();
    }
    Map<String, String> properties = new HashMap<>();
    for (String name : new String[] {"url", "user", "password"}) {
      properties.put("byoa.database." + name, System.getProperty(MEMORY + name));
    }
    properties.put("byoa.data", System.getProperty(MEMORY + "data"));
    return properties;
  }

  @Override
  public void stop() {
    // The next test class may want it; the JVM's end stops it.
  }

  /** Puts a new, stopped database into a data folder, faster than making one. */
  public static void copyDatabaseInto(Path data) {
    copy(template(), data.resolve("postgres"));
  }

  private static void startOnce() {
    DataFolder folder = DataFolder.open(Scratch.folder("data"));
    copyDatabaseInto(folder.path());
    EmbeddedPostgres postgres = start(folder);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              postgres.close();
              Scratch.delete(folder.path());
            }));
    DatabaseAddress address = postgres.address();
    System.setProperty(MEMORY + "user", address.user());
    System.setProperty(MEMORY + "password", address.password());
    System.setProperty(MEMORY + "data", folder.path().toString());
    System.setProperty(MEMORY + "url", address.url());
  }

  /** A stopped cluster to copy; made by whoever needs it first. */
  private static Path template() {
    Path template = Scratch.postgresBinaries().resolve("template-" + EmbeddedPostgres.version());
    if (Files.exists(template)) {
      return template;
    }
    DataFolder draft = DataFolder.open(Scratch.folder("template"));
    start(draft).close();
    try {
      Files.delete(draft.path().resolve("postgres/postgres.log"));
      Files.move(draft.path().resolve("postgres"), template, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.exists(template)) {
        throw new IllegalStateException("No template of the database", e);
      }
    }
    Scratch.delete(draft.path());
    return template;
  }

  private static EmbeddedPostgres start(DataFolder folder) {
    return EmbeddedPostgres.start(folder, Scratch.postgresBinaries(), Map.of(), step -> {});
  }

  private static void copy(Path from, Path to) {
    try {
      // Keeps owners and modes, which PostgreSQL checks.
      Process copy =
          new ProcessBuilder("cp", "-a", from.toString(), to.toString()).inheritIO().start();
      if (copy.waitFor() != 0) {
        throw new IllegalStateException("Cannot copy " + from);
      }
    } catch (IOException e) {
      throw new IllegalStateException("Cannot copy " + from, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
