package io.byoa.engine.local.sandbox;

import io.byoa.common.StartRefused;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.sandbox.Confinement.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds the strongest sandbox that works on this machine, by running a program in it that looks
 * around: kernels, containers and versions of tools differ in too many ways to tell otherwise.
 */
public final class SandboxChoice {

  /** Ends with 0 when it sees its own folder, may write there, and sees nothing of the server. */
  private static final String LOOK_AROUND =
      "test -w /opt/ml && test -w /tmp && ! test -e \"$SECRET\" && ! touch /usr/byoa 2>/dev/null"
          + " && test \"$(id -u)\" = \"$EXPECTED\"";

  private final HostView host;
  private final Path folder;
  private final Path script;
  private final @Nullable Account account;
  private final List<String> failures = new ArrayList<>();

  /**
   * A choice to be made.
   *
   * @param folder an empty folder of the server's, for the trials
   * @param script {@code unshare.sh} on this machine
   */
  public SandboxChoice(HostView host, Path folder, Path script, @Nullable Account account) {
    this.host = host;
    this.folder = folder;
    this.script = script;
    this.account = account;
  }

  /**
   * The sandbox.
   *
   * @param wanted a tier's name, or {@code auto}
   * @throws IllegalStateException when the wanted one does not work here
   */
  public Sandbox choose(String wanted) throws IOException, InterruptedException {
    List<Sandbox> candidates =
        List.of(
            new BubblewrapSandbox(host, true),
            new BubblewrapSandbox(host, false),
            new UnshareSandbox(host, script),
            new EnvironmentSandbox(host.root()));
    boolean known = wanted.equals("auto");
    for (Sandbox candidate : candidates) {
      boolean asked = candidate.tier().name().equals(wanted);
      known |= asked;
      if ((asked || wanted.equals("auto")) && works(candidate)) {
        return candidate;
      }
    }
    throw new StartRefused(
        known
            ? "byoa.engine.local.sandbox=%s does not work on this machine: %s"
                .formatted(wanted, String.join("; ", failures))
            : "byoa.engine.local.sandbox=%s is not a sandbox. Known: auto, bubblewrap, unshare, environment."
                .formatted(wanted));
  }

  /** Why stronger sandboxes were passed over, a sentence each. */
  public List<String> failures() {
    return List.copyOf(failures);
  }

  private boolean works(Sandbox sandbox) throws IOException, InterruptedException {
    if (!sandbox.isolates()) {
      return true;
    }
    Trees.delete(folder);
    PrivateFolder.create(folder);
    Path secret = Files.writeString(folder.resolve("secret"), "x");
    Path ml = Files.createDirectory(folder.resolve("ml"));
    Path scratch = Files.createDirectory(folder.resolve("scratch"));
    if (account != null) {
      account.own(ml);
      account.own(scratch);
    }
    Object self = Files.getAttribute(folder, "unix:uid");
    Confinement confinement =
        new Confinement(
            List.of("/bin/sh", "-c", LOOK_AROUND),
            new TreeMap<>(
                Map.of(
                    "PATH",
                    Sandbox.PATH,
                    "SECRET",
                    secret.toString(),
                    "EXPECTED",
                    sandbox.uidInside(account == null ? (int) self : account.uid()))),
            "/opt/ml",
            List.of(new Mount(scratch, "/tmp", true), new Mount(ml, "/opt/ml", true)),
            account,
            false,
            1000);
    sandbox.command(confinement, folder).write(folder);
    ProcessBuilder trial =
        new ProcessBuilder("sh", "-c", ". ./command; exec \"$@\" 3>status")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    // As the supervisor will: where a user's own path lacks sbin, that is where the tools are.
    trial.environment().put("PATH", Sandbox.PATH);
    Process process = trial.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    boolean ended = process.waitFor(20, TimeUnit.SECONDS);
    process.destroyForcibly();
    Trees.delete(folder);
    if (ended && process.exitValue() == 0) {
      return true;
    }
    failures.add(
        sandbox.tier().name()
            + ": "
            + (said.isEmpty() ? "a trial program saw too much or too little" : said));
    return false;
  }
}
