package io.byoa.bundle;

import io.byoa.bundle.EntryNames.Name;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What of an archive is kept, under which paths, and what its sender is told about the rest. */
final class Contents {

  private static final int NAMED = 5;

  /** Starts the files (AppleDouble, RFC 1740) in which macOS hides attributes beside {@code x}. */
  private static final byte[] APPLE_DOUBLE = {0, 5, 0x16, 7};

  private final Set<String> folders = new TreeSet<>();
  private final Set<String> system = new TreeSet<>();
  private final List<String> notices = new ArrayList<>();

  /** Whether the entry is a file to keep; folders and systems' own files are noted. */
  boolean keeps(Name name) {
    if (name.isSystemFile()) {
      system.add(name.path().contains("__MACOSX") ? "__MACOSX" : name.path());
      return false;
    }
    if (name.folder()) {
      folders.add(name.path());
      return false;
    }
    return true;
  }

  /** Whether a file is macOS's shadow of another, by its name and the start of its content. */
  boolean isShadow(String path, byte[] head, int length) {
    boolean shadow =
        path.startsWith("._", path.lastIndexOf('/') + 1)
            && length >= APPLE_DOUBLE.length
            && Arrays.equals(head, 0, 4, APPLE_DOUBLE, 0, 4);
    if (shadow) {
      system.add(path);
    }
    return shadow;
  }

  /** The files without the one folder around all of them, if there is one, sorted by name. */
  List<PendingFile> arrange(List<PendingFile> files, Problems problems) {
    if (files.isEmpty()) {
      throw problems.fatal("The archive holds no file.");
    }
    folders.remove("");
    files.forEach(file -> removeParents(file.path()));
    String around = around(files);
    if (!around.isEmpty()) {
      notices.add("The folder %s around everything is left out.".formatted(around));
    }
    if (!folders.isEmpty()) {
      notices.add("Empty folders are not kept: %s.".formatted(some(folders)));
    }
    if (!system.isEmpty()) {
      notices.add("Left out what an operating system added: %s.".formatted(some(system)));
    }
    return files.stream()
        .map(file -> file.at(file.path().substring(around.length())))
        .sorted(Comparator.comparing(PendingFile::path, BundleFile.BY_NAME))
        .toList();
  }

  private void removeParents(String path) {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      folders.remove(path.substring(0, end));
    }
  }

  private static String around(List<PendingFile> files) {
    String first = files.getFirst().path();
    String folder = first.substring(0, first.indexOf('/') + 1);
    return files.stream().allMatch(file -> file.path().startsWith(folder)) ? folder : "";
  }

  private static String some(Set<String> paths) {
    String named = paths.stream().limit(NAMED).collect(Collectors.joining(", "));
    return paths.size() > NAMED ? named + " and " + (paths.size() - NAMED) + " more" : named;
  }

  List<String> notices() {
    return List.copyOf(notices);
  }
}
