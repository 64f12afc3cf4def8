package io.byoa.engine.local.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What of this machine programs see: system folders as they are, but no home folders, no sockets
 * under {@code /run} and nothing of the server.
 *
 * @param root whether the server is root
 * @param hidden folders that programs find empty, outermost first
 */
public record HostView(boolean root, List<Path> hidden) {

  /** Folders at the top that are the sandbox's own, or that no program needs. */
  private static final Set<String> OWN =
      Set.of("/dev", "/proc", "/tmp", "/run", "/opt", "/home", "/root", "/boot", "/lost+found");

  /** Places that programs do not see anyhow. */
  private static final Set<String> ABSENT = Set.of("/tmp", "/run", "/home", "/root", "/boot");

  /** Homes of system accounts that are no homes. */
  private static final Set<String> SHARED =
      Set.of("/usr", "/bin", "/sbin", "/lib", "/etc", "/dev", "/proc", "/sys");

  private static final Path RESOLVER = Path.of("/etc/resolv.conf");

  public HostView {
    hidden = List.copyOf(hidden);
  }

  /** The view of this machine with these folders of the server hidden. */
  public static HostView of(List<Path> serverFolders) throws IOException {
    Set<Path> hidden = new TreeSet<>();
    Path home = Path.of(System.getProperty("user.home"));
    if (home.getNameCount() > 0
        && Files.isDirectory(home)
        && !SHARED.contains("/" + home.getName(0))) {
      hidden.add(home.toRealPath());
    }
    for (Path folder : serverFolders) {
      if (Files.isDirectory(folder)) {
        hidden.add(folder.toRealPath());
      }
    }
    hidden.removeIf(path -> ABSENT.contains("/" + path.getName(0)));
    return new HostView(
        Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), List.copyOf(hidden));
  }

  /** The entries at the top that programs see. */
  List<Path> top() throws IOException {
    return entries(Path.of("/")).stream().filter(path -> !OWN.contains(path.toString())).toList();
  }

  /** What lies under {@code /opt}, which programs go on seeing beside {@code /opt/ml}. */
  List<Path> opt() throws IOException {
    Path opt = Path.of("/opt");
    return Files.isDirectory(opt)
        ? entries(opt).stream().filter(path -> !path.endsWith("ml")).toList()
        : List.of();
  }

  /** NVIDIA devices, which programs may use. */
  public static List<Path> gpus() throws IOException {
    return entries(Path.of("/dev")).stream()
        .filter(path -> path.getFileName().toString().startsWith("nvidia"))
        .toList();
  }

  /** What {@code /etc/resolv.conf} points to under {@code /run}: without it no name resolves. */
  List<Path> resolver() {
    try {
      Path real = RESOLVER.toRealPath();
      return real.startsWith("/run") ? List.of(real) : List.of();
    } catch (IOException missing) {
      return List.of();
    }
  }

  /** Whether the place is a folder of its own and not a link to another one. */
  public static boolean realFolder(String path) {
    return Files.isDirectory(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  private static List<Path> entries(Path folder) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
      stream.forEach(entries::add);
    }
    entries.sort(null);
    return entries;
  }
}
