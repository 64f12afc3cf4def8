package io.byoa.engine.local;

import io.byoa.engine.local.Confinement.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Namespaces made by util-linux's unshare, filled by a shell script: what {@link BubblewrapSandbox}
 * does in one program, for machines without it. Slower, and without the filter on user namespaces.
 *
 * @param script {@code unshare.sh} on this machine
 */
record UnshareSandbox(HostView host, Path script) implements Sandbox {

  @Override
  public SandboxTier tier() {
    return new SandboxTier(
        "unshare",
        "Programs run in namespaces of their own (unshare)"
            + (host.root() ? ", as users of their own." : ".")
            + " Install bubblewrap for faster starts and a tighter sandbox.");
  }

  @Override
  public boolean isolates() {
    return true;
  }

  /** Without privileges, a namespace knows its owner as root, who has no rights beyond it. */
  @Override
  public String uidInside(int uid) {
    return host.root() ? Integer.toString(uid) : "0";
  }

  @Override
  public boolean failed(AttemptFolder attempt, int exit) throws IOException {
    return exit == 1 && !attempt.status().startsWith("started");
  }

  @Override
  public Command command(Confinement confinement, Path attempt) throws IOException {
    Path root = attempt.resolve("root");
    Files.createDirectories(root);
    StringBuilder plan = new StringBuilder();
    call(plan, ".", script.toString());
    call(plan, "begin", root.toString());
    machine(plan);
    for (Mount mount : confinement.mounts()) {
      call(
          plan,
          mount.writable() ? "bind_writable" : "bind",
          mount.source().toString(),
          mount.target());
    }
    if (!confinement.network()) {
      call(plan, "loopback");
    }
    List<String> program = new ArrayList<>(List.of("enter", confinement.workingDirectory()));
    program.addAll(List.of("env", "-i"));
    confinement.environment().forEach((name, value) -> program.add(name + "=" + value));
    if (!host.root()) {
      program.addAll(List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all"));
      program.add("--no-new-privs");
    }
    program.addAll(Sandbox.lastSteps(confinement, "--bounding-set=-all", "--no-new-privs"));
    call(plan, program.toArray(String[]::new));

    List<String> argv = new ArrayList<>(List.of("unshare"));
    if (!host.root()) {
      argv.addAll(List.of("--user", "--map-root-user"));
    }
    argv.addAll(List.of("--mount", "--propagation", "private", "--pid", "--fork"));
    argv.addAll(List.of("--kill-child", "--ipc", "--uts"));
    if (!confinement.network()) {
      argv.add("--net");
    }
    argv.addAll(List.of("sh", "/dev/fd/7"));
    return new Command(argv, plan.toString());
  }

  private void machine(StringBuilder plan) throws IOException {
    for (Path path : host.top()) {
      show(plan, path);
    }
    call(plan, "devices");
    for (Path device : HostView.gpus()) {
      show(plan, device);
    }
    call(plan, "processes");
    call(plan, "empty", "/run", "0755");
    for (Path path : host.resolver()) {
      show(plan, path);
    }
    call(plan, "empty", "/opt", "0755");
    for (Path path : host.opt()) {
      show(plan, path);
    }
    host.hidden().forEach(folder -> call(plan, "empty", folder.toString(), "0755"));
  }

  private static void show(StringBuilder plan, Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      call(plan, "link", Files.readSymbolicLink(path).toString(), path.toString());
    } else {
      call(plan, "bind", path.toString(), path.toString());
    }
  }

  private static void call(StringBuilder plan, String... words) {
    plan.append(ShellWords.quote(List.of(words))).append('\n');
  }
}
