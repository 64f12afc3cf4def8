package io.byoa.engine.local.environment;

import io.byoa.engine.contract.BaseEnvironment;
import io.byoa.engine.contract.MlFolder;
import io.byoa.engine.local.disk.JobLog;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Script;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.input.CodeArchive;
import io.byoa.engine.local.process.AttemptFolder;
import io.byoa.engine.local.process.Bell;
import io.byoa.engine.local.process.ProcessIdentity;
import io.byoa.engine.local.process.ProgramRun;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.engine.local.sandbox.Confinement;
import io.byoa.engine.local.sandbox.Confinement.Mount;
import io.byoa.engine.local.sandbox.HostView;
import io.byoa.engine.local.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One try at installing dependencies, under a supervisor like a program: it goes on when the server
 * ends, and the next server takes it over.
 *
 * @param home the folder of the environment's key
 * @param number counts the tries
 */
record EnvironmentBuild(Installer installer, Requirements requirements, Path home, int number) {

  /** What is being installed into; also its place for ever, since it holds its own path. */
  Path target() {
    return home.resolve("env-" + number);
  }

  /** What the supervisor and the server tell each other. */
  AttemptFolder attempt() {
    return AttemptFolder.of(work(), 1);
  }

  /** The installer's output. */
  JobLog log() {
    return new JobLog(work().resolve("log"));
  }

  private Path work() {
    return home.resolve("build-" + number);
  }

  /** Whether the installer has been started. */
  boolean started() throws IOException {
    return attempt().supervisor().isPresent();
  }

  /** Starts the installer in a fresh folder, unless it was started before, and waits for it. */
  OptionalInt run(Bell bell, ProgramRun.Wishes wishes) throws IOException, InterruptedException {
    ProgramRun run = new ProgramRun(installer.programs(), attempt(), bell);
    if (!started()) {
      Trees.delete(work());
      Trees.delete(target());
      run.start(prepare(), log().file(), installer.timeout());
    }
    return run.await(wishes);
  }

  /** Removes what was installed, and what was needed for it. */
  void remove() throws IOException {
    Trees.delete(target());
    Trees.delete(work());
  }

  /** Removes what was needed for installing; the log stays for those who still read it. */
  void removeWork() throws IOException {
    Trees.delete(work().resolve("ml"));
    Trees.delete(work().resolve("scratch"));
  }

  private Confinement prepare() throws IOException {
    Path code = work().resolve("ml").resolve("code");
    Path scratch = work().resolve("scratch");
    PrivateFolder.create(home);
    Files.createDirectories(code);
    Files.createDirectories(scratch);
    Files.createDirectories(target());
    CodeArchive.unpack(installer.store(), requirements.code(), code);
    boolean isolates = installer.isolates();
    SortedMap<String, String> environment = environment(isolates ? "/tmp" : scratch.toString());
    Path home = Path.of(System.getProperty("user.home"));
    Path pip = InstallerSettings.pipConfiguration(System.getenv(), home).orElse(null);
    if (pip != null) {
      Files.copy(pip, scratch.resolve("pip.conf"));
      environment.put("PIP_CONFIG_FILE", environment.get("TMPDIR") + "/pip.conf");
    }
    Account account = installer.account();
    if (account != null) {
      account.own(work().resolve("ml"));
      account.own(scratch);
      account.own(target());
      installer.letPass(work());
    }
    List<Mount> mounts = new ArrayList<>();
    mounts.add(new Mount(scratch, "/tmp", true));
    if (HostView.realFolder("/var/tmp")) {
      mounts.add(new Mount(scratch, "/var/tmp", true));
    }
    mounts.add(new Mount(work().resolve("ml"), MlFolder.BASE, true));
    Path prefix = requirements.interpreter().prefix();
    if (!prefix.startsWith("/usr")) {
      mounts.add(Mount.visible(prefix));
    }
    mounts.add(new Mount(target(), target().toString(), true));
    String folder = isolates ? MlFolder.CODE : code.toString();
    return new Confinement(
        argv(), environment, folder, mounts, account, true, installer.processes());
  }

  private SortedMap<String, String> environment(String scratch) {
    Path bin = Objects.requireNonNull(requirements.interpreter().executable().getParent());
    SortedMap<String, String> environment =
        new TreeMap<>(BaseEnvironment.of(bin + ":" + Sandbox.PATH, scratch));
    environment.put("TMPDIR", scratch);
    environment.putAll(InstallerSettings.of(System.getenv()));
    environment.putAll(
        Map.of("PIP_DISABLE_PIP_VERSION_CHECK", "1", "PIP_NO_INPUT", "1", "PIP_NO_CACHE_DIR", "1"));
    return environment;
  }

  private List<String> argv() throws IOException {
    String script = requirements.forR() ? "install-r.R" : "install-python.sh";
    String text = Script.text(script);
    String interpreter = requirements.interpreter().executable().toString();
    return requirements.forR()
        ? List.of(interpreter, "-e", text, target().toString(), requirements.file())
        : List.of(
            "/bin/sh", "-c", text, "sh", interpreter, target().toString(), requirements.file());
  }

  /** The try to go on with: the last one, unless it failed, or a fresh one. */
  static EnvironmentBuild next(
      Installer installer, Requirements requirements, Path home, ProgramRun.Wishes wishes)
      throws IOException, InterruptedException {
    int number = 0;
    if (Files.isDirectory(home)) {
      try (var entries = Files.newDirectoryStream(home, "build-*")) {
        for (Path entry : entries) {
          String name = entry.getFileName().toString();
          number = Math.max(number, Integer.parseInt(name.substring("build-".length())));
        }
      }
    }
    if (number > 0) {
      EnvironmentBuild last = new EnvironmentBuild(installer, requirements, home, number);
      if (last.promising()) {
        return last;
      }
      if (last.started()) {
        last.run(new Bell(), wishes); // over, but what is left of it has to go
      }
      last.remove();
    }
    return new EnvironmentBuild(installer, requirements, home, number + 1);
  }

  private boolean promising() throws IOException {
    ProcessIdentity supervisor = attempt().supervisor().orElse(null);
    OptionalInt exit = attempt().exit();
    return exit.isPresent()
        ? exit.getAsInt() == 0 && Files.isDirectory(target())
        : supervisor == null || supervisor.alive();
  }
}
