package io.byoa.engine.local.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is mounted under a new root, as calls of the functions in {@code unshare.sh}. Many mounts go
 * through one program, since starting a program for each takes longer than all the rest of a start.
 *
 * <p>They are made in the order in which they were asked for. A file to mount over is made before
 * the mounts of its batch, so one that lies within such a mount begins another batch.
 */
final class MountTable {

  /** A source that no mount of this machine has: mount passes over what it finds in place. */
  private static final String EMPTY = "byoa-sandbox";

  private final String root;
  private final StringBuilder calls = new StringBuilder();
  private final List<String> lines = new ArrayList<>();
  private final List<String> files = new ArrayList<>();

  /** What the batch mounts where; an empty folder comes from nowhere. */
  private final Map<String, Optional<Path>> mounted = new HashMap<>();

  private final List<String> writable = new ArrayList<>();

  /**
   * Nothing yet.
   *
   * @param root the folder of this machine that becomes the root
   */
  MountTable(Path root) {
    this.root = root.toString();
  }

  /** An empty folder, whether or not something is there. */
  void empty(String path, String mode) {
    line(EMPTY, path, "tmpfs", "mode=" + mode + ",X-mount.mkdir");
    mounted.put(path, Optional.empty());
  }

  /** An empty folder in memory that programs may write to. */
  void scratch(String path, String mode) {
    empty(path, mode);
    writable.add(escaped(root + path));
  }

  void processes() {
    line("proc", "/proc", "proc", "X-mount.mkdir");
    mounted.put("/proc", Optional.empty());
    writable.add(escaped(root + "/proc"));
  }

  /** A file or folder of this machine, with all that is mounted in it. */
  void bind(Path source, String target, boolean writes) {
    if (Files.isDirectory(source)) {
      line(source.toString(), target, "none", "rbind,X-mount.mkdir");
      mounted.put(target, Optional.of(source));
    } else if (isThere(target)) {
      line(source.toString(), target, "none", "rbind");
    } else {
      if (above(target).isPresent()) {
        flush();
      }
      files.add(root + target);
      line(source.toString(), target, "none", "rbind");
    }
    if (writes) {
      writable.add(escaped(root + target));
    }
  }

  /** The calls that make all this. */
  String script() {
    flush();
    call("writable", writable);
    return calls.toString();
  }

  private void line(String source, String target, String type, String options) {
    lines.add("%s %s %s %s 0 0".formatted(escaped(source), escaped(root + target), type, options));
  }

  /** What of the batch a place lies in, the innermost. */
  private Optional<Map.Entry<String, Optional<Path>>> above(String target) {
    return mounted.entrySet().stream()
        .filter(mount -> target.startsWith(mount.getKey() + "/"))
        .max(Comparator.comparingInt(mount -> mount.getKey().length()));
  }

  /** Whether a folder of the machine brings a file for this place with it. */
  private boolean isThere(String target) {
    return above(target)
        .flatMap(mount ->
            mount
                .getValue()
                .map(source -> source.resolve(target.substring(mount.getKey().length() + 1))))
        .filter(Files::exists)
        .isPresent();
  }

  private void flush() {
    call("files", files);
    call("mounts", lines);
    files.clear();
    lines.clear();
    mounted.clear();
  }

  private void call(String function, List<String> words) {
    if (!words.isEmpty()) {
      List<String> line = new ArrayList<>(List.of(function));
      line.addAll(words);
      calls.append(ShellWords.quote(line)).append('\n');
    }
  }

  /** As fstab and the kernel's own table write what would end a field. */
  static String escaped(String path) {
    return path.replace("\\", "\\134")
        .replace(" ", "\\040")
        .replace("\t", "\\011")
        .replace("\n", "\\012");
  }
}
