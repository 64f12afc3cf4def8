package io.byoa.database;

import io.byoa.common.StartRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * The files of one PostgreSQL installation: {@code db}, made once, and the password of its only
 * role that may sign in.
 *
 * <p>PostgreSQL's superuser has no password and no line in {@code pg_hba.conf}: what has to be done
 * as superuser is done here, in single-user mode, while no server runs.
 */
record Cluster(Path folder, PostgresBinaries binaries) {

  /** The database, and the role that owns it. */
  static final String NAME = "byoa";

  private static final long ROOM_TO_BEGIN_WITH = 200L << 20;
  private static final String UNFINISHED = "db.init-";

  private static final String WHO_MAY_SIGN_IN =
      """
      # Written by BYOA: one role, from this machine, with its password.
      host byoa byoa 127.0.0.1/32 scram-sha-256
      """;

  Path database() {
    return folder.resolve("db");
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  RunAs runAs() {
    return RunAs.ownerOf(database(), List.of(folder, binaries.folder()));
  }

  /**
   * Makes the database if there is none, and returns the password of its role. Every step can be
   * cut off: what counts is moved into place when it is whole, and what was begun is thrown away.
   *
   * @throws StartRefused when it is another major version's, or cannot be made
   */
  String prepare(Progress progress) {
    try {
      if (Files.isDirectory(database())) {
        refuseOtherMajorVersion();
        return Files.exists(passwordFile()) ? password() : replaceLostPassword();
      }
      removeUnfinished();
      // Without room PostgreSQL ends in ways that do not always say so.
      if (Files.getFileStore(folder).getUsableSpace() < ROOM_TO_BEGIN_WITH) {
        throw FullDisk.refusal(folder);
      }
      progress.tell("Creating the database in " + folder);
      String password = Files.exists(passwordFile()) ? password() : newPassword();
      create(password);
      return password;
    } catch (IOException e) {
      if (FullDisk.isMeantBy(Reason.of(e))) {
        throw FullDisk.refusal(folder);
      }
      throw new StartRefused(
          "The database in %s cannot be set up: %s.".formatted(folder, Reason.of(e)), e);
    }
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(folder, UNFINISHED + "*")) {
      for (Path path : unfinished) {
        PostgresBinaries.delete(path);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException e) {
      // An initdb without a server is still writing there; the next new database takes care of it.
    }
  }

  private void create(String password) throws IOException {
    // Never the same name twice: the initdb of a server that was killed may still be writing.
    Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
    RunAs runAs = runAs();
    runAs.user().own(unfinished);
    List<String> arguments =
        List.of(
            "--pgdata=" + unfinished,
            "--username=postgres",
            "--auth=reject",
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--no-instructions");
    Program.Outcome outcome = Program.run(runAs.command(binaries.program("initdb"), arguments));
    if (!outcome.succeeded()) {
      throw failed(outcome);
    }
    write(unfinished.resolve("pg_hba.conf"), WHO_MAY_SIGN_IN);
    asSuperuser(
        unfinished,
        "CREATE ROLE byoa LOGIN PASSWORD '%s'".formatted(password),
        "ALTER DATABASE postgres RENAME TO byoa",
        "ALTER DATABASE byoa OWNER TO byoa");
    write(passwordFile(), password);
    Files.move(unfinished, database(), StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  private String replaceLostPassword() throws IOException {
    String password = newPassword();
    PidFile.removeIfForeign(database());
    asSuperuser(database(), "ALTER ROLE byoa PASSWORD '%s'".formatted(password));
    write(passwordFile(), password);
    return password;
  }

  /** The password that was kept. */
  String password() throws IOException {
    return Files.readString(passwordFile()).strip();
  }

  private void asSuperuser(Path database, String... statements) throws IOException {
    List<String> arguments = List.of("--single", "-j", "-D", database.toString(), "template1");
    String script = String.join(";\n\n", statements) + ";\n\n";
    Program.Outcome outcome =
        Program.run(runAs().command(binaries.program("postgres"), arguments), script);
    // In this mode a failed statement does not show in the exit code.
    boolean refused = outcome.output().contains("ERROR:") || outcome.output().contains("FATAL:");
    if (!outcome.succeeded() || refused) {
      throw failed(outcome);
    }
  }

  private StartRefused failed(Program.Outcome outcome) {
    if (FullDisk.isMeantBy(outcome.output())) {
      return FullDisk.refusal(folder);
    }
    return new StartRefused(
        "The database in %s cannot be set up: %s.".formatted(folder, outcome.lastWords()));
  }

  private void refuseOtherMajorVersion() throws IOException {
    String found = Files.readString(database().resolve("PG_VERSION")).strip();
    if (!found.equals(PostgresBinaries.majorVersion())) {
      throw new StartRefused(
          "The database in %s was made by PostgreSQL %s, and this BYOA brings %s, which cannot read it. Go back to the BYOA that made it, or upgrade the folder with pg_upgrade of a full PostgreSQL %s installation, or name another data folder with BYOA_DATA."
              .formatted(
                  database(),
                  found,
                  PostgresBinaries.majorVersion(),
                  PostgresBinaries.majorVersion()));
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /**
   * Replaces a file of mode 0600 by a temporary one and a rename, so that it is whole or not there.
   */
  private static void write(Path file, String content) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    Files.createFile(
        draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    if (Files.exists(file)) {
      ProcessUser.ownerOf(file).orElseThrow().own(draft);
    }
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
      channel.force(true);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.resolveSibling("."));
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
