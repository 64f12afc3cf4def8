package io.byoa.engine.local.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.local.disk.Script;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.sandbox.Confinement.Mount;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sandboxes as they are for a server that is not root. */
@SuppressWarnings("NullAway.Init") // JUnit calls makeFolder before each test
final class UnprivilegedSandboxTest {

  private static final Account NOBODY = new Account(60_999, 60_999);
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private Path data;

  @BeforeEach
  void makeFolder() throws Exception {
    data = Files.createTempDirectory("byoa");
  }

  @AfterEach
  void removeFolder() throws Exception {
    Trees.delete(data);
  }

  private String run(Sandbox sandbox, String script) throws Exception {
    return run(sandbox, script, true, List.of());
  }

  /** The words in {@code before} begin the command, as if somebody had run the server by them. */
  private String run(Sandbox sandbox, String script, boolean network, List<String> before)
      throws Exception {
    Path attempt = Files.createDirectory(data.resolve("attempt"));
    Path ml = Files.createDirectory(data.resolve("ml"));
    Path scratch = Files.createDirectory(data.resolve("scratch"));
    Files.writeString(data.resolve("secret"), "canary");
    Confinement confinement =
        new Confinement(
            List.of("/bin/sh", "-c", script),
            new TreeMap<>(Map.of("PATH", Sandbox.PATH, "DATA", data.toString())),
            "/opt/ml",
            List.of(new Mount(scratch, "/tmp", true), new Mount(ml, "/opt/ml", true)),
            null,
            network,
            4096);
    sandbox.command(confinement, attempt).write(attempt);
    List<String> command = new ArrayList<>();
    if (ROOT) {
      NOBODY.own(data);
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
      command.addAll(
          List.of(
              "setpriv", "--reuid=60999", "--regid=60999", "--clear-groups", "--inh-caps=-all"));
    }
    command.addAll(before);
    command.addAll(List.of("sh", "-c", ". ./command; exec \"$@\" 3>status"));
    Process process =
        new ProcessBuilder(command).directory(attempt.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static final String TRY =
      """
      echo hello >/opt/ml/model; cat /opt/ml/model
      cat "$DATA/secret"; ls /root /home
      touch /usr/x 2>&1 | grep -o 'Read-only file system'
      mount -o remount,rw / 2>/dev/null && echo REMOUNTED
      grep -E '^(CapEff|NoNewPrivs)' /proc/self/status
      unshare --user --map-root-user true 2>/dev/null && echo NESTED
      echo "$(ls /proc | grep -c '^[0-9]') processes"
      """;

  @Test
  void bubblewrapConfinesWithoutPrivileges() throws Exception {
    assertThat(run(new BubblewrapSandbox(new HostView(false, List.of()), true), TRY))
        .contains("hello", "Read-only file system", "CapEff:\t0000000000000000", "NoNewPrivs:\t1")
        .doesNotContain("canary", "REMOUNTED", "NESTED");
  }

  @Test
  void unshareConfinesWithoutPrivileges() throws Exception {
    Path script = Script.install(data, "unshare.sh");
    assertThat(run(new UnshareSandbox(new HostView(false, List.of()), script), TRY))
        .contains("hello", "Read-only file system", "CapEff:\t0000000000000000", "NoNewPrivs:\t1")
        .doesNotContain("canary", "REMOUNTED");
  }

  /** As WSL and many an fstab call theirs: mount takes its sealing for done already. */
  @Test
  void unshareSealsAMountWithoutASourceToo() throws Exception {
    Path script = Script.install(data, "unshare.sh");
    List<String> before =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs none /srv && exec \"$@\"",
            "sh");
    assertThat(
            run(
                new UnshareSandbox(new HostView(false, List.of()), script),
                "grep -c ' /srv .* tmpfs none ' /proc/self/mountinfo; touch /srv/x && echo WRITTEN",
                true,
                before))
        .startsWith("1\n")
        .contains("Read-only file system")
        .doesNotContain("WRITTEN");
  }

  /** Word for word: what the sandbox says of itself would be the first line of the job's log. */
  private static final String ALONE =
      """
      hostname
      python3 -c '
      import socket
      server = socket.create_server(("127.0.0.1", 0))
      socket.create_connection(server.getsockname())
      print("own loopback")'
      tail -n +3 /proc/net/dev | wc -l
      """;

  @Test
  void bubblewrapIsolatesWithALoopbackOfItsOwn() throws Exception {
    assertThat(
            run(
                new BubblewrapSandbox(new HostView(false, List.of()), true),
                ALONE,
                false,
                List.of()))
        .isEqualTo("algo-1\nown loopback\n1\n");
  }

  @Test
  void unshareIsolatesWithALoopbackOfItsOwn() throws Exception {
    Path script = Script.install(data, "unshare.sh");
    assertThat(
            run(
                new UnshareSandbox(new HostView(false, List.of()), script),
                ALONE,
                false,
                List.of()))
        .isEqualTo("algo-1\nown loopback\n1\n");
  }
}
