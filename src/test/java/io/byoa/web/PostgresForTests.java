package io.byoa.web;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.tukaani.xz.XZInputStream;

/** A fresh PostgreSQL of its own for one test run, from the binaries that BYOA embeds. */
public final class PostgresForTests implements QuarkusTestResourceLifecycleManager {

  private static final String NOBODY = "65534";

  private @Nullable Path folder;
  private @Nullable Process server;

  @Override
  public Map<String, String> start() {
    try {
      Path base = Files.createTempDirectory("byoa-web-pg");
      folder = base;
      Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
      unpack(base.resolve("pg"));
      Path data = base.resolve("home");
      Files.createDirectory(data);
      if (isRoot()) {
        run(base, List.of("chown", NOBODY, data.toString()));
      }
      run(
          base,
          asNobody(
              base.resolve("pg/bin/initdb").toString(),
              "-D",
              data.resolve("db").toString(),
              "-U",
              "byoa",
              "-A",
              "trust",
              "-E",
              "UTF8",
              "--locale=C",
              "--no-sync"));
      int port;
      try (ServerSocket free = new ServerSocket(0)) {
        port = free.getLocalPort();
      }
      server =
          new ProcessBuilder(
                  asNobody(
                      base.resolve("pg/bin/postgres").toString(),
                      "-D",
                      data.resolve("db").toString(),
                      "-p",
                      Integer.toString(port),
                      "-c",
                      "listen_addresses=127.0.0.1",
                      "-c",
                      "unix_socket_directories="))
              .redirectErrorStream(true)
              .redirectOutput(base.resolve("server.log").toFile())
              .start();
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> Files.readString(data.resolve("db/postmaster.pid")).contains("ready"));
      return Map.of(
          "quarkus.datasource.jdbc.url", "jdbc:postgresql://127.0.0.1:" + port + "/postgres",
          "quarkus.datasource.username", "byoa",
          "quarkus.datasource.password", "byoa");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void stop() {
    if (server != null) {
      server.destroy();
      try {
        server.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      server.destroyForcibly();
    }
    if (folder != null) {
      try {
        run(folder, List.of("rm", "-rf", folder.toString()));
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static void unpack(Path to) throws IOException {
    try (InputStream resource =
            PostgresForTests.class.getResourceAsStream("/postgres-linux-x86_64.txz");
        TarArchiveInputStream tar =
            new TarArchiveInputStream(new XZInputStream(Objects.requireNonNull(resource)))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = to.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else if (entry.isSymbolicLink()) {
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
          Files.createDirectories(Objects.requireNonNull(path.getParent()));
          Files.copy(tar, path);
          if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
          }
        }
      }
    }
  }

  private static List<String> asNobody(String... command) {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
    }
    all.addAll(List.of(command));
    return all;
  }

  private static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }

  private static void run(Path folder, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .directory(Path.of("/").toFile())
            .redirectOutput(Files.createTempFile(folder, "run", ".log").toFile())
            .start();
    if (process.waitFor() != 0) {
      throw new IOException(command.getFirst() + " failed; see " + folder);
    }
  }
}
