package io.byoa.algorithm;

import io.byoa.bundle.BundleFile;
import io.byoa.bundle.CanonicalTar;
import io.byoa.bundle.FileRange;
import io.byoa.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** How the code of two versions differs: files by digest, dependencies by line. */
final class VersionDifference {

  /** Bytes of a dependencies file that are compared. */
  private static final int LARGEST = 1 << 20;

  private final ObjectStore store;
  private final PublishedVersion before;
  private final List<BundleFile> filesBefore;
  private final PublishedVersion after;
  private final List<BundleFile> filesAfter;

  VersionDifference(
      ObjectStore store,
      PublishedVersion before,
      List<BundleFile> filesBefore,
      PublishedVersion after,
      List<BundleFile> filesAfter) {
    this.store = store;
    this.before = before;
    this.filesBefore = filesBefore;
    this.after = after;
    this.filesAfter = filesAfter;
  }

  /**
   * A file that is not the same in both.
   *
   * @param kind {@code added}, {@code removed} or {@code changed}
   */
  @Schema(name = "FileChange")
  record FileChange(
      String path, String kind, @Nullable Long sizeBefore, @Nullable Long sizeAfter) {}

  /**
   * A line of the dependencies file that is not in both.
   *
   * @param kind {@code added} or {@code removed}
   */
  @Schema(name = "DependencyChange")
  record DependencyChange(String line, String kind) {}

  List<FileChange> files() {
    return files(filesBefore, filesAfter);
  }

  /** The files that are not the same in both, by path. */
  static List<FileChange> files(List<BundleFile> before, List<BundleFile> after) {
    Map<String, BundleFile> old = byPath(before);
    Map<String, BundleFile> young = byPath(after);
    Set<String> paths = new TreeSet<>(old.keySet());
    paths.addAll(young.keySet());
    List<FileChange> changes = new ArrayList<>();
    for (String path : paths) {
      BundleFile was = old.get(path);
      BundleFile is = young.get(path);
      if (was == null && is != null) {
        changes.add(new FileChange(path, "added", null, is.size()));
      } else if (was != null && is == null) {
        changes.add(new FileChange(path, "removed", was.size(), null));
      } else if (was != null && is != null && !was.sha256().equals(is.sha256())) {
        changes.add(new FileChange(path, "changed", was.size(), is.size()));
      }
    }
    return changes;
  }

  private static Map<String, BundleFile> byPath(List<BundleFile> files) {
    Map<String, BundleFile> byPath = new TreeMap<>();
    files.forEach(file -> byPath.put(file.path(), file));
    return byPath;
  }

  List<DependencyChange> dependencies() {
    Set<String> old = lines(before, filesBefore);
    Set<String> young = lines(after, filesAfter);
    List<DependencyChange> changes = new ArrayList<>();
    old.stream()
        .filter(line -> !young.contains(line))
        .forEach(line -> changes.add(new DependencyChange(line, "removed")));
    young.stream()
        .filter(line -> !old.contains(line))
        .forEach(line -> changes.add(new DependencyChange(line, "added")));
    return changes;
  }

  private Set<String> lines(PublishedVersion version, List<BundleFile> files) {
    String path = version.descriptor().runtime().dependencies();
    Optional<FileRange> range = path == null ? Optional.empty() : CanonicalTar.range(files, path);
    Set<String> lines = new TreeSet<>();
    if (range.isPresent()) {
      long length = Math.min(range.get().length(), LARGEST);
      try (InputStream in = store.openRange(version.code(), range.get().offset(), length)) {
        new String(in.readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .forEach(lines::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }
}
