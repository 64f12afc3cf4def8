package io.byoa.engine.local.sandbox;

import io.byoa.engine.local.disk.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Turns a program into a command line that runs it confined. */
public sealed interface Sandbox permits BubblewrapSandbox, UnshareSandbox, EnvironmentSandbox {

  /** What the supervisor and the sandbox's own tools are found in. */
  String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  /** Which one this is. */
  SandboxTier tier();

  /** Whether programs see {@code /opt/ml} and nothing of the server, and leave nothing behind. */
  boolean isolates();

  /**
   * The command line, run by {@code supervisor.sh} with this folder as its working directory.
   *
   * @param attempt where to put files that the command reads
   */
  Command command(Confinement confinement, Path attempt) throws IOException;

  /** The user id that the program sees itself under. */
  default String uidInside(int uid) {
    return Integer.toString(uid);
  }

  /**
   * Whether this exit code is the sandbox's own: the program never ran.
   *
   * @param status what was written to descriptor 3
   */
  boolean failed(String status, int exit);

  /**
   * A command line and the descriptor that its arguments are read from.
   *
   * @param arguments content of the file {@code arguments}, opened as descriptor 7; empty when the
   *     command does not read one
   */
  record Command(List<String> argv, String arguments) {
    public Command {
      argv = List.copyOf(argv);
    }

    /** Writes it where a shell reads it: {@code . ./command; exec "$@"}. */
    public void write(Path folder) throws IOException {
      Files.writeString(folder.resolve("arguments"), arguments);
      String open = arguments.isEmpty() ? "" : "exec 7<arguments\n";
      AtomicFile.replace(
          folder.resolve("command"),
          (open + "set -- " + ShellWords.quote(argv) + "\n").getBytes(StandardCharsets.UTF_8));
    }
  }

  /**
   * The last steps, the same in every sandbox: another user, limits, and TERM listened to again,
   * which the supervisor ignores.
   *
   * @param privileges options of setpriv that a sandbox needs besides the change of user
   */
  static List<String> lastSteps(Confinement confinement, String... privileges) {
    List<String> steps = new ArrayList<>();
    Account account = confinement.account();
    if (account != null) {
      steps.addAll(
          List.of(
              "setpriv",
              "--reuid=" + account.uid(),
              "--regid=" + account.gid(),
              "--clear-groups",
              "--inh-caps=-all"));
      steps.addAll(List.of(privileges));
    }
    // prlimit comes last: env would take a program called "a=b" for a variable.
    steps.addAll(List.of("env", "--default-signal=TERM,HUP,INT", "prlimit"));
    steps.add("--nproc=" + confinement.processes());
    steps.addAll(List.of("--core=0", "--"));
    steps.addAll(confinement.argv());
    return steps;
  }
}
