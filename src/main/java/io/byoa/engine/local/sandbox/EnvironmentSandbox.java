package io.byoa.engine.local.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * No namespaces: the program sees this machine, is told by its environment where its folders are,
 * and is kept from little. The last resort, where neither bubblewrap nor unshare works.
 */
record EnvironmentSandbox(boolean root) implements Sandbox {

  @Override
  public SandboxTier tier() {
    return new SandboxTier(
        "environment",
        "Programs are not separated from this machine: neither bubblewrap nor unshare works here."
            + " They find their folders by environment variables alone, and can read what "
            + (root ? "any user" : "the server's user")
            + " can. Run algorithms that you trust, or install bubblewrap.");
  }

  @Override
  public boolean isolates() {
    return false;
  }

  @Override
  public Command command(Confinement confinement, Path attempt) {
    List<String> argv = new ArrayList<>(List.of("env", "-i", "-C", confinement.workingDirectory()));
    confinement.environment().forEach((name, value) -> argv.add(name + "=" + value));
    argv.addAll(Sandbox.lastSteps(confinement));
    return new Command(argv, "");
  }

  @Override
  public boolean failed(String status, int exit) {
    return false;
  }
}
