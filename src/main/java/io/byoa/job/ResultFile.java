package io.byoa.job;

import io.byoa.engine.Outputs;
import io.byoa.store.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the files that {@link ResultView} lists, by the path that it has there. */
sealed interface ResultFile {

  /** Everything under {@code model/} or {@code output/}, as it is stored. */
  record Archive(StoredObject object) implements ResultFile {}

  /** One file in an archive. */
  record Member(Outputs.Archive archive, Outputs.Member member) implements ResultFile {}

  /** The file at this path; empty when the job did not leave it. */
  static Optional<ResultFile> find(Outputs outputs, String path) {
    return within(outputs.model(), ResultView.MODEL, path)
        .or(() -> within(outputs.data(), ResultView.OUTPUT, path));
  }

  private static Optional<ResultFile> within(
      Outputs.@Nullable Archive archive, String folder, String path) {
    if (archive == null) {
      return Optional.empty();
    }
    if (path.equals(archive.object().key().name())) {
      return Optional.of(new Archive(archive.object()));
    }
    return archive.members().stream()
        .filter(member -> path.equals(folder + member.path()))
        .findFirst()
        .map(member -> new Member(archive, member));
  }

  /** The paths of all files. */
  static List<String> paths(Outputs outputs) {
    List<String> paths = new ArrayList<>();
    add(paths, outputs.model(), ResultView.MODEL);
    add(paths, outputs.data(), ResultView.OUTPUT);
    return paths;
  }

  private static void add(List<String> paths, Outputs.@Nullable Archive archive, String folder) {
    if (archive != null) {
      paths.add(archive.object().key().name());
      archive.members().forEach(member -> paths.add(folder + member.path()));
    }
  }
}
