package io.byoa.engine.local.sandbox;

import io.byoa.engine.local.sandbox.Confinement.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Namespaces made by util-linux's unshare, filled by a shell script: what {@link BubblewrapSandbox}
 * does in one program, for machines without it. Slower, and without the filter on user namespaces.
 *
 * @param script {@code unshare.sh} on this machine
 */
record UnshareSandbox(HostView host, Path script) implements Sandbox {

  /** Those that hold no data of this machine. */
  private static final List<String> DEVICES =
      List.of("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty");

  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private static final List<Path> STREAMS =
      Stream.of("/dev/fd", "/dev/stdin", "/dev/stdout", "/dev/stderr").map(Path::of).toList();

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
  public boolean failed(String status, int exit) {
    return exit == 1 && !status.startsWith("started");
  }

  @Override
  public Command command(Confinement confinement, Path attempt) throws IOException {
    Path root = root(confinement, attempt);
    MountTable table = new MountTable(root);
    StringBuilder plan = new StringBuilder();
    call(plan, ".", script.toString());
    call(
        plan,
        "begin",
        root.toString(),
        MountTable.escaped(root.toString()),
        attempt.resolve("mounts").toString());
    links(plan, Stream.concat(host.top().stream(), STREAMS.stream()));
    machine(table);
    for (Mount mount : confinement.mounts()) {
      table.bind(mount.source(), mount.target(), mount.writable());
    }
    plan.append(table.script());
    links(plan, host.opt().stream());
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

    // Without its supervisor nobody would know of it: it dies, and its namespaces with it.
    List<String> argv = new ArrayList<>(List.of("setpriv", "--pdeathsig", "KILL", "unshare"));
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

  /**
   * Where the new root is put together, out of sight of all others. Best where programs see nothing
   * of this machine: a folder that they do see would bring the new root into itself.
   */
  private static Path root(Confinement confinement, Path attempt) throws IOException {
    boolean used =
        attempt.startsWith(SHARED_MEMORY)
            || confinement.mounts().stream()
                .anyMatch(mount -> mount.source().startsWith(SHARED_MEMORY));
    // As the kernel's table of mounts names it, by which it is sealed.
    return HostView.realFolder(SHARED_MEMORY.toString()) && !used
        ? SHARED_MEMORY
        : Files.createDirectories(attempt.resolve("root")).toRealPath();
  }

  /** Links stay links, wherever they point to; a program's standard streams are such links too. */
  private static void links(StringBuilder plan, Stream<Path> paths) {
    List<String> links = new ArrayList<>(List.of("links"));
    paths.filter(Files::isSymbolicLink).map(Path::toString).forEach(links::add);
    if (links.size() > 1) {
      call(plan, links.toArray(String[]::new));
    }
  }

  private void machine(MountTable table) throws IOException {
    bindAll(table, host.top());
    for (String device : DEVICES) {
      table.bind(Path.of(device), device, false);
    }
    bindAll(table, HostView.gpus());
    table.scratch("/dev/shm", "1777");
    table.processes();
    table.empty("/run", "0755");
    bindAll(table, host.resolver());
    table.empty("/opt", "0755");
    bindAll(table, host.opt());
    host.hidden().forEach(folder -> table.empty(folder.toString(), "0755"));
  }

  private static void bindAll(MountTable table, List<Path> paths) {
    paths.stream()
        .filter(path -> !Files.isSymbolicLink(path))
        .forEach(path -> table.bind(path, path.toString(), false));
  }

  private static void call(StringBuilder plan, String... words) {
    plan.append(ShellWords.quote(List.of(words))).append('\n');
  }
}
