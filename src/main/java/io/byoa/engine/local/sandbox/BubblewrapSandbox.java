package io.byoa.engine.local.sandbox;

import io.byoa.engine.local.sandbox.Confinement.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Namespaces made by bubblewrap.
 *
 * <p>The root is an empty tmpfs into which everything visible is bound read-only: {@code /opt/ml}
 * needs a place, and neither {@code /} nor {@code /opt} can be written to, or need exist. Facts
 * about each option: bwrap(1).
 *
 * @param ownProc whether the kernel lets us mount a {@code /proc} that shows the program's own
 *     processes alone; inside some containers it does not
 */
record BubblewrapSandbox(HostView host, boolean ownProc) implements Sandbox {

  @Override
  public SandboxTier tier() {
    return new SandboxTier(
        "bubblewrap",
        "Programs run in namespaces of their own (bubblewrap)"
            + (host.root() ? ", as users of their own" : "")
            + (ownProc ? "." : "; the names of other processes stay visible to them."));
  }

  @Override
  public boolean isolates() {
    return true;
  }

  @Override
  public Command command(Confinement confinement, Path attempt) throws IOException {
    List<String> options = new ArrayList<>();
    namespaces(options, confinement);
    machine(options);
    for (Mount mount : confinement.mounts()) {
      parents(options, Path.of(mount.target()));
      add(
          options,
          mount.writable() ? "--bind" : "--ro-bind",
          mount.source().toString(),
          mount.target());
    }
    host.hidden().forEach(folder -> add(options, "--remount-ro", folder.toString()));
    add(options, "--remount-ro", "/opt", "--remount-ro", "/run", "--remount-ro", "/");
    add(options, "--chdir", confinement.workingDirectory(), "--clearenv");
    confinement.environment().forEach((name, value) -> add(options, "--setenv", name, value));

    List<String> argv =
        new ArrayList<>(List.of("bwrap", "--args", "7", "--json-status-fd", "3", "--"));
    argv.addAll(Sandbox.lastSteps(confinement));
    return new Command(argv, String.join("\0", options) + "\0");
  }

  @Override
  public boolean failed(String status, int exit) {
    return exit == 1 && !status.contains("\"exit-code\"");
  }

  private void namespaces(List<String> options, Confinement confinement) {
    add(options, "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts");
    add(options, "--hostname", "algo-1");
    if (!confinement.network()) {
      add(options, "--unshare-net");
    }
    if (host.root()) {
      add(options, "--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID");
    } else {
      add(options, "--unshare-user", "--disable-userns");
    }
  }

  private void machine(List<String> options) throws IOException {
    add(options, "--perms", "0755", "--tmpfs", "/");
    for (Path path : host.top()) {
      show(options, path);
    }
    add(options, "--dev", "/dev", "--perms", "1777", "--tmpfs", "/dev/shm");
    for (Path device : HostView.gpus()) {
      add(options, "--dev-bind-try", device.toString(), device.toString());
    }
    if (ownProc) {
      add(options, "--proc", "/proc");
    } else {
      add(options, "--ro-bind", "/proc", "/proc");
    }
    add(options, "--perms", "0755", "--tmpfs", "/run");
    for (Path path : host.resolver()) {
      show(options, path);
    }
    add(options, "--perms", "0755", "--tmpfs", "/opt");
    for (Path path : host.opt()) {
      show(options, path);
    }
    host.hidden().forEach(folder -> add(options, "--perms", "0755", "--tmpfs", folder.toString()));
  }

  /** The folders on the way: those that bubblewrap makes by itself only root can enter. */
  private static void parents(List<String> options, Path target) {
    for (int depth = 1; depth < target.getNameCount(); depth++) {
      add(options, "--perms", "0755", "--dir", "/" + target.subpath(0, depth));
    }
  }

  private static void show(List<String> options, Path path) throws IOException {
    parents(options, path);
    if (Files.isSymbolicLink(path)) {
      add(options, "--symlink", Files.readSymbolicLink(path).toString(), path.toString());
    } else {
      // -try: an entry may vanish between listing and mounting.
      add(options, "--ro-bind-try", path.toString(), path.toString());
    }
  }

  private static void add(List<String> options, String... words) {
    options.addAll(List.of(words));
  }
}
