package io.byoa.engine.local.environment;

import io.byoa.runtime.ResolvedRuntime;
import io.byoa.runtime.RuntimeCatalogue;
import io.byoa.runtime.RuntimeId;
import io.byoa.runtime.RuntimeProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The interpreters on this machine, found once from the names of files: nothing is run, so that
 * starting costs nothing.
 */
public final class LocalRuntimes implements RuntimeProvider {

  private static final Pattern PYTHON = Pattern.compile("python(3\\.[0-9]{1,2})");
  private static final Pattern R_VERSION = Pattern.compile("(?m)^Version: *([0-9.]+)");
  private static final Pattern MAJOR_MINOR = Pattern.compile("^[0-9]+\\.[0-9]+");
  private static final List<String> SYSTEM = List.of("/usr/local/bin", "/usr/bin");

  private final Map<RuntimeId, Interpreter> found = new LinkedHashMap<>();

  /**
   * An interpreter.
   *
   * @param exactVersion such as {@code 3.11.2}; empty when no file says it
   * @param executable absolute, links resolved
   * @param prefix the folder that holds all of it
   */
  record Interpreter(RuntimeId id, String exactVersion, Path executable, Path prefix) {}

  /**
   * Those on the {@code PATH}, in the usual system folders and under {@code ~/.pyenv}, of the
   * versions that a descriptor may name.
   */
  public static LocalRuntimes ofThisMachine(RuntimeCatalogue catalogue) throws IOException {
    List<Path> folders = new ArrayList<>();
    for (String entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
      if (entry.startsWith("/") && !entry.endsWith("/shims")) {
        try {
          folders.add(Path.of(entry));
        } catch (InvalidPathException odd) {
          // Not a folder that we could look into.
        }
      }
    }
    SYSTEM.forEach(folder -> folders.add(Path.of(folder)));
    Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
    if (Files.isDirectory(pyenv)) {
      try (DirectoryStream<Path> versions = Files.newDirectoryStream(pyenv)) {
        List<Path> newestFirst = new ArrayList<>();
        versions.forEach(newestFirst::add);
        newestFirst.sort(Comparator.reverseOrder());
        newestFirst.forEach(version -> folders.add(version.resolve("bin")));
      }
    }
    LocalRuntimes runtimes = new LocalRuntimes();
    for (Path folder : folders) {
      runtimes.look(folder);
    }
    runtimes.found.keySet().removeIf(id -> !catalogue.lists(id));
    return runtimes;
  }

  private void look(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> programs = Files.newDirectoryStream(folder, "{python3.*,Rscript}")) {
      for (Path program : programs) {
        if (Files.isExecutable(program)) {
          consider(program);
        }
      }
    } catch (java.nio.file.AccessDeniedException notOurs) {
      return; // a folder on the PATH that we may not list
    }
  }

  private void consider(Path program) throws IOException {
    Path real = program.toRealPath();
    Path prefix = Optional.ofNullable(real.getParent()).map(Path::getParent).orElse(real);
    Matcher python = PYTHON.matcher(program.getFileName().toString());
    if (python.matches()) {
      Path library = prefix.resolve("lib").resolve(program.getFileName().toString());
      // Debian's python3 without python3-venv cannot make virtual environments: rather another.
      if (Files.isDirectory(library.resolve("venv"))
          && Files.isDirectory(library.resolve("ensurepip"))) {
        RuntimeId id = new RuntimeId("python", python.group(1));
        // pyenv names its folders so.
        String folder = String.valueOf(prefix.getFileName());
        String exact =
            folder.startsWith(python.group(1) + ".") ? folder : packaged(prefix, python.group(1));
        found.putIfAbsent(id, new Interpreter(id, exact, real, prefix));
      }
    } else if (program.endsWith("Rscript")) {
      String exact = rVersion(prefix);
      Matcher version = MAJOR_MINOR.matcher(exact);
      if (version.find()) {
        RuntimeId id = new RuntimeId("r", version.group());
        found.putIfAbsent(id, new Interpreter(id, exact, real, prefix));
      }
    }
  }

  private static String packaged(Path prefix, String version) throws IOException {
    if (!prefix.equals(Path.of("/usr"))) {
      return "";
    }
    String exact = DebianPackages.OF_THIS_MACHINE.version("python" + version + "-minimal");
    return exact.startsWith(version + ".") ? exact : "";
  }

  private static String rVersion(Path prefix) throws IOException {
    for (String library : List.of("lib/R", "lib64/R", "lib")) {
      Path description = prefix.resolve(library).resolve("library/base/DESCRIPTION");
      if (Files.exists(description)) {
        Matcher version =
            R_VERSION.matcher(Files.readString(description, StandardCharsets.ISO_8859_1));
        return version.find() ? version.group(1) : "";
      }
    }
    return "";
  }

  /** The interpreter of a language and version; empty when it is not installed. */
  Optional<Interpreter> find(RuntimeId id) {
    return Optional.ofNullable(found.get(id));
  }

  @Override
  public String engine() {
    return "local";
  }

  @Override
  public Optional<ResolvedRuntime> resolve(RuntimeId id) {
    return id.language().equals("other")
        ? Optional.of(new ResolvedRuntime(id, "", "/bin/sh"))
        : find(id).map(LocalRuntimes::resolved);
  }

  @Override
  public List<ResolvedRuntime> installed() {
    return found.values().stream()
        .sorted(
            Comparator.comparing((Interpreter one) -> one.id().language())
                .thenComparingInt(one -> one.id().version().length())
                .thenComparing(one -> one.id().version()))
        .map(LocalRuntimes::resolved)
        .toList();
  }

  private static ResolvedRuntime resolved(Interpreter one) {
    return new ResolvedRuntime(one.id(), one.exactVersion(), one.executable().toString());
  }

  /** Those of one language, for a sentence: {@code 3.10, 3.11}. */
  public String versions(String language) {
    List<String> versions =
        installed().stream()
            .map(ResolvedRuntime::id)
            .filter(id -> id.language().equals(language))
            .map(RuntimeId::version)
            .toList();
    return versions.isEmpty() ? "none" : String.join(", ", versions);
  }
}
