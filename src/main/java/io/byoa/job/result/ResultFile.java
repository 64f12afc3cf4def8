package io.byoa.job.result;

import io.byoa.engine.FileList;
import io.byoa.engine.Outputs;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One of the files that {@link ResultView} lists, by the path that it has there. */
sealed interface ResultFile {

  /**
   * An object as it is stored: everything under {@code model/} or {@code output/}, or the list of
   * what the installer put into the environment.
   */
  record Whole(StoredObject object) implements ResultFile {}

  /** One file in an archive. */
  record Member(Outputs.Archive archive, Outputs.Member member) implements ResultFile {}

  /** So many files are compared with one that is not there, to find the one that was meant. */
  int COMPARED = 1_000;

  /** The file at this path; empty when the job did not leave it. */
  static Optional<ResultFile> find(ObjectStore store, Outputs outputs, String path) {
    StoredObject packages = outputs.packages();
    if (packages != null && path.equals(packages.key().name())) {
      return Optional.of(new Whole(packages));
    }
    return within(store, outputs.model(), ResultView.MODEL, path)
        .or(() -> within(store, outputs.data(), ResultView.OUTPUT, path));
  }

  private static Optional<ResultFile> within(
      ObjectStore store, Outputs.@Nullable Archive archive, String folder, String path) {
    if (archive == null) {
      return Optional.empty();
    }
    if (path.equals(archive.object().key().name())) {
      return Optional.of(new Whole(archive.object()));
    }
    if (!path.startsWith(folder)) {
      return Optional.empty();
    }
    String below = path.substring(folder.length());
    try (Stream<Outputs.Member> files = FileList.read(store, archive)) {
      return files
          .filter(member -> below.equals(member.path()))
          .findFirst()
          .map(member -> new Member(archive, member));
    }
  }

  /** The paths of the first files. */
  static List<String> paths(ObjectStore store, Outputs outputs) {
    List<String> paths = new ArrayList<>();
    add(paths, store, outputs.model(), ResultView.MODEL);
    add(paths, store, outputs.data(), ResultView.OUTPUT);
    return paths;
  }

  private static void add(
      List<String> paths, ObjectStore store, Outputs.@Nullable Archive archive, String folder) {
    if (archive != null) {
      paths.add(archive.object().key().name());
      try (Stream<Outputs.Member> files = FileList.read(store, archive)) {
        files.limit(COMPARED).forEach(member -> paths.add(folder + member.path()));
      }
    }
  }
}
