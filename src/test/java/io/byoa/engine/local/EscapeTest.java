package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation.End;
import io.byoa.engine.local.disk.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attack A20: the training program itself, in each tier that isolates. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class EscapeTest {

  private Path data;

  /** Not under /tmp, which programs do not see anyhow, where we may. */
  @BeforeEach
  void makeFolder() throws IOException {
    Path srv = Path.of("/srv");
    data =
        Files.isWritable(srv)
            ? Files.createTempDirectory(srv, "byoa")
            : Files.createTempDirectory("byoa");
  }

  @AfterEach
  void removeFolder() throws IOException {
    Trees.delete(data);
  }

  private Workplace open(String sandbox) throws Exception {
    return new Workplace(data, Map.of("grace", "PT1S", "sandbox", sandbox));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare"})
  void a20ReadsNothingOfTheServerOrOfOtherJobs(String sandbox) throws Exception {
    try (Workplace place = open(sandbox)) {
      Path token = Files.writeString(data.resolve("admin-token"), "canary");
      // Even what everybody may read.
      Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-r--r--"));
      LaunchName other =
          place.launched(place.shell("echo canary >/opt/ml/model/m; echo up; sleep 60").order());
      place.awaitLog(other, "up");
      long server = ProcessHandle.current().pid();
      LaunchName name =
          place.launched(
              place
                  .shell(
                      """
                      cat "$DATA/admin-token" "$DATA"/*/* "$DATA"/jobs/*/*/ml/model/m
                      ls -A "$DATA" /root /home /run/user /run/dbus "$HOMES"
                      cat "$HOMES/.aws/credentials" /etc/shadow
                      ls "/proc/$SERVER" && cat "/proc/$SERVER/environ"
                      kill -0 "$SERVER" && echo can signal the server
                      ls /proc | grep -c '^[0-9]' >/opt/ml/output/data/processes
                      tr '\\0' '\\n' </proc/1/environ
                      ls -l /proc/self/fd
                      """)
                  .variable("DATA", data.toString())
                  .variable("HOMES", System.getProperty("user.home"))
                  .variable("SERVER", Long.toString(server))
                  .order());
      place.ended(name);
      place.engine.stop(other);

      assertThat(place.log(name))
          .contains("admin-token: No such file or directory")
          .doesNotContain(
              "canary", "can signal", "JAVA_HOME", "supervisor", "command", "arguments", "/lock");
      place.ended(other);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare"})
  void a20WritesNothingOutsideItsFolder(String sandbox) throws Exception {
    try (Workplace place = open(sandbox)) {
      LaunchName name =
          place.launched(
              place
                  .python(
                      """
                      import ctypes, os, subprocess
                      libc = ctypes.CDLL(None, use_errno=True)
                      def attempt(what, act):
                          try:
                              print(what, 'DONE' if act() else 'refused')
                          except OSError:
                              print(what, 'refused')
                      def write(path):
                          with open(path, 'w') as f: f.write('x')
                          return True
                      for place in ['/byoa', '/usr/byoa', '/etc/byoa', '/var/byoa', '/opt/byoa', '/run/byoa', '/sys/byoa', '/opt/../byoa']:
                          attempt('write ' + place, lambda: write(place))
                      MS_REMOUNT, MS_BIND = 32, 4096
                      for place in [b'/', b'/usr', b'/etc', b'/opt']:
                          attempt('remount %s' % place, lambda: libc.mount(b'none', place, None, MS_REMOUNT | MS_BIND, None) == 0)
                      attempt('mount', lambda: libc.mount(b'none', b'/tmp', b'tmpfs', 0, None) == 0)
                      attempt('umount', lambda: libc.umount2(b'/opt', 2) == 0)
                      attempt('mknod', lambda: os.mknod('/tmp/disk', 0o60666, os.makedev(254, 0)) is None)
                      attempt('root', lambda: os.setuid(0) is None and os.geteuid() == 0 and write('/etc/byoa'))
                      attempt('sysctl', lambda: write('/proc/sys/kernel/hostname'))
                      attempt('oom', lambda: int(open('/proc/self/oom_score_adj').read()) < 0)
                      print('caps', [l.split()[1] for l in open('/proc/self/status') if l.startswith('CapEff')][0])
                      print('nnp', [l.split()[1] for l in open('/proc/self/status') if l.startswith('NoNewPrivs')][0])
                      """)
                  .order());

      assertThat(place.ended(name).end()).as(place.log(name)).isEqualTo(new End.Succeeded());
      assertThat(place.log(name))
          .doesNotContain("DONE")
          .contains("caps 0000000000000000", "nnp 1")
          .contains("remount b'/' refused", "mknod refused");
      assertThat(Path.of("/etc/byoa")).doesNotExist();
      assertThat(Path.of("/opt/ml")).doesNotExist();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare", "environment"})
  void a20LeavesNoDaemonBehind(String sandbox) throws Exception {
    try (Workplace place = open(sandbox)) {
      String mark = "31415" + (ProcessHandle.current().pid() % 1000) + sandbox.length();
      LaunchName name =
          place.launched(
              place
                  .shell(
                      """
                      setsid sh -c 'trap "" TERM HUP; sleep %s & wait' &
                      sleep 0.2
                      echo done
                      """
                          .formatted(mark))
                  .order());

      assertThat(place.ended(name).end()).isEqualTo(new End.Succeeded());
      assertThat(place.log(name)).isEqualTo("done\n");
      Awaitility.await()
          .atMost(Duration.ofSeconds(5))
          .until(() ->
              ProcessHandle.allProcesses()
                  .noneMatch(p -> p.info().commandLine().orElse("").contains(mark)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare"})
  void a20FollowsNoLinkThatAProgramMade(String sandbox) throws Exception {
    Path secret = Files.writeString(data.resolve("secret"), "canary");
    try (Workplace place = open(sandbox)) {
      LaunchName name =
          place.launched(
              place
                  .shell(
                      """
                      ln -s %1$s /opt/ml/model/secret
                      ln -s /etc /opt/ml/model/etc
                      mkfifo /opt/ml/model/pipe
                      echo fine >/opt/ml/model/weights
                      rm -r /opt/ml/output/data; ln -s /etc /opt/ml/output/data
                      ln -s %1$s /opt/ml/output/failure
                      exit 1
                      """
                          .formatted(secret))
                  .order());
      var ended = place.ended(name);

      assertThat(Workplace.paths(ended.outputs().model())).containsExactly("weights");
      assertThat(ended.outputs().data()).isNull();
      assertThat(ended.end().toString()).doesNotContain("canary");
      assertThat(place.log(name))
          .contains("model/secret is a symbolic link and was left out.")
          .contains("model/pipe is not a regular file and was left out.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"bubblewrap", "unshare"})
  void a20ReachesNoNetworkWhenIsolated(String sandbox) throws Exception {
    try (Workplace place = open(sandbox);
        java.net.ServerSocket host =
            new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String connect =
          """
          import socket
          try:
              socket.create_connection(('127.0.0.1', %d), 2)
              print('connected')
          except OSError:
              print('refused')
          """
              .formatted(host.getLocalPort());
      LaunchName open = place.launched(place.python(connect).order());
      place.ended(open);
      LaunchName isolated = place.launched(place.python(connect).isolated().order());
      place.ended(isolated);

      assertThat(place.log(open)).isEqualTo("connected\n");
      assertThat(place.log(isolated)).isEqualTo("refused\n");
    }
  }
}
