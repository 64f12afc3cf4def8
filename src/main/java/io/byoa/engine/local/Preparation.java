package io.byoa.engine.local;

import io.byoa.engine.Fault;
import io.byoa.engine.TrainingOrder;
import io.byoa.engine.TrainingOrder.Input;
import io.byoa.engine.TrainingOrder.InputSource;
import io.byoa.engine.contract.BaseEnvironment;
import io.byoa.engine.contract.CommandLine;
import io.byoa.engine.contract.ContractHost;
import io.byoa.engine.contract.Launcher;
import io.byoa.engine.contract.MlFolder;
import io.byoa.engine.contract.RenderedContract;
import io.byoa.engine.contract.ShebangLine;
import io.byoa.engine.contract.TrainingContract;
import io.byoa.engine.local.disk.LaunchFolder;
import io.byoa.engine.local.disk.PrivateFolder;
import io.byoa.engine.local.disk.Trees;
import io.byoa.engine.local.environment.Toolchain;
import io.byoa.engine.local.input.LocalInput;
import io.byoa.engine.local.input.MlTree;
import io.byoa.engine.local.sandbox.Account;
import io.byoa.engine.local.sandbox.Confinement;
import io.byoa.engine.local.sandbox.Confinement.Mount;
import io.byoa.engine.local.sandbox.HostView;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Makes a launch's folder ready for a start of the program, and says how it is started. */
final class Preparation {

  /** Variables that hold the requester's values, in which nothing is replaced. */
  private static final List<String> VERBATIM = List.of("SM_HP_", "SM_HPS", "SM_USER_ARGS");

  private final Machine machine;
  private final LaunchFolder folder;
  private final TrainingOrder order;
  private final @Nullable Account account;
  private final RenderedContract contract;

  Preparation(Machine machine, LaunchFolder folder, TrainingOrder order, int slot)
      throws IOException {
    this.machine = machine;
    this.folder = folder;
    this.order = order;
    this.account = machine.account(slot);
    long gpus =
        HostView.gpus().stream()
            .filter(device -> device.getFileName().toString().matches("nvidia[0-9]+"))
            .count();
    this.contract =
        TrainingContract.render(
            order,
            ContractHost.single(
                order.compute().instanceType(),
                Runtime.getRuntime().availableProcessors(),
                (int) gpus));
  }

  /**
   * Fills the folders.
   *
   * @param enough asked between files; true ends the work early
   * @return why the program cannot be started; absent when it can
   */
  @Nullable Fault fill(BooleanSupplier enough) throws IOException {
    Fault fault = new MlTree(machine.store(), folder, account).fill(order, contract, enough);
    if (fault != null || enough.getAsBoolean()) {
      return fault;
    }
    writeEtc();
    if (!machine.sandbox().isolates()) {
      linkInsteadOfMounting();
    }
    if (account != null) {
      account.own(folder.ml());
      account.own(folder.scratch());
      Object owner =
          Files.getAttribute(folder.checkpoints(), "unix:uid", LinkOption.NOFOLLOW_LINKS);
      if (!owner.equals(account.uid())) {
        account.own(folder.checkpoints());
      }
    }
    return null;
  }

  /** How the program is started with this toolchain. */
  Confinement program(Toolchain tools) throws IOException {
    List<String> argv = CommandLine.of(contract, tools, head());
    SortedMap<String, String> environment =
        new TreeMap<>(BaseEnvironment.of(tools.path(), scratch()));
    environment.put("TMPDIR", scratch());
    environment.putAll(tools.environment());
    contract.environment().forEach((name, value) -> environment.put(name, located(name, value)));
    List<Mount> mounts = new ArrayList<>(folders());
    if (order.checkpoints()) {
      mounts.add(new Mount(folder.checkpoints(), MlFolder.CHECKPOINTS, true));
    }
    for (Input input : order.inputs()) {
      if (input.source() instanceof InputSource.Local local) {
        mounts.add(localInput(input, local));
      }
    }
    tools.prefixes().forEach(prefix -> mounts.add(Mount.visible(prefix)));
    return new Confinement(
        argv,
        environment,
        located("", contract.workingDirectory()),
        mounts,
        account,
        !order.networkIsolation(),
        machine.config().processes());
  }

  /** The folder for temporary files, as the program sees it. */
  String scratch() {
    return machine.sandbox().isolates() ? BaseEnvironment.TMPDIR : folder.scratch().toString();
  }

  /** A path of the contract as the program sees it: where there are no mounts, its real place. */
  String located(String variable, String value) {
    boolean verbatim = VERBATIM.stream().anyMatch(variable::startsWith);
    return machine.sandbox().isolates() || verbatim
        ? value
        : value.replace(MlFolder.BASE, folder.ml().toString());
  }

  private List<Mount> folders() {
    List<Mount> mounts = new ArrayList<>();
    mounts.add(new Mount(folder.scratch(), "/tmp", true));
    if (HostView.realFolder("/var/tmp")) {
      mounts.add(new Mount(folder.scratch(), "/var/tmp", true));
    }
    for (String name : List.of("passwd", "group", "hosts")) {
      if (Files.isRegularFile(Path.of("/etc", name), LinkOption.NOFOLLOW_LINKS)) {
        mounts.add(new Mount(folder.etc().resolve(name), "/etc/" + name, false));
      }
    }
    mounts.add(new Mount(folder.ml(), MlFolder.BASE, true));
    return mounts;
  }

  private static Mount localInput(Input input, InputSource.Local local) throws IOException {
    String channel = MlFolder.channel(input.channel());
    Path path = LocalInput.require(input, local.path());
    return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
        ? new Mount(path, channel, false)
        : new Mount(path, channel + "/" + path.getFileName(), false);
  }

  /** The start of the script, whose first line may name its interpreter. */
  private byte[] head() throws IOException {
    if (contract.launcher() instanceof Launcher.Shebang(String script, var otherwise)) {
      Path file = folder.ml().resolve("code").resolve(script).normalize();
      try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
        return in.readNBytes(ShebangLine.LENGTH);
      } catch (NoSuchFileException missing) {
        return new byte[0]; // whoever executes it says so, in the job's log
      }
    }
    return new byte[0];
  }

  /** A user's name for the program's id, and an address for its host's name. */
  private void writeEtc() throws IOException {
    PrivateFolder.create(folder.etc());
    Object uid = account != null ? account.uid() : Files.getAttribute(folder.etc(), "unix:uid");
    Object gid = account != null ? account.gid() : Files.getAttribute(folder.etc(), "unix:gid");
    etc("passwd", "root:x:0:0::/:/bin/false\nbyoa:x:%s:%s::/tmp:/bin/sh\n".formatted(uid, gid));
    etc("group", "root:x:0:\nbyoa:x:%s:\n".formatted(gid));
    Path hosts = Path.of("/etc/hosts");
    String known = Files.isReadable(hosts) ? Files.readString(hosts) : "127.0.0.1\tlocalhost\n";
    etc("hosts", known.stripTrailing() + "\n127.0.0.1\t" + ContractHost.FIRST + "\n");
  }

  private void etc(String name, String text) throws IOException {
    Path file = folder.etc().resolve(name);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  /** Where nothing can be mounted, links lead to checkpoints and inputs. */
  private void linkInsteadOfMounting() throws IOException {
    if (order.checkpoints()) {
      Path place = folder.ml().resolve("checkpoints");
      Trees.delete(place);
      Files.createSymbolicLink(place, folder.checkpoints());
    }
    for (Input input : order.inputs()) {
      if (input.source() instanceof InputSource.Local local) {
        Path place = folder.ml().resolve("input/data").resolve(input.channel());
        if (Files.isDirectory(local.path())) {
          Trees.delete(place);
          Files.createSymbolicLink(place, local.path());
        } else {
          Files.createSymbolicLink(place.resolve(local.path().getFileName()), local.path());
        }
      }
    }
    if (account != null) {
      // The program is another user and has to get to its folder.
      machine.letPass(folder.path());
    }
  }
}
