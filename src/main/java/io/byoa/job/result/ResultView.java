package io.byoa.job.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.engine.Outputs;
import io.byoa.job.FailureView;
import io.byoa.job.Job;
import io.byoa.job.JobView;
import io.byoa.store.ObjectStore;
import io.byoa.store.StoredObject;
import io.byoa.web.UrlPath;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an ended job left: a manifest with links that download. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Result")
record ResultView(
    String job,
    String status,
    @Schema(description = "When the files were deleted; then they have no 'href'.")
        @Nullable Instant expiredAt,
    SortedMap<String, Double> metrics,
    @Nullable FileView model,
    @Schema(description = "What the program left in /opt/ml/output/data, as one archive.")
        @Nullable FileView output,
    // Not a list in memory: a job may leave a hundred thousand files.
    @Schema(type = SchemaType.ARRAY, implementation = FileView.class) ResultFiles files,
    @Nullable FailureView failure) {

  /** The folder of a result that holds what the program left in {@code /opt/ml/model}. */
  static final String MODEL = "model/";

  /** The folder of a result that holds what the program left in {@code /opt/ml/output/data}. */
  static final String OUTPUT = "output/";

  static ResultView of(Job job, ObjectStore store) {
    Outputs outputs = job.state().outputs() == null ? Outputs.NONE : job.state().outputs();
    SortedMap<String, Double> metrics = new TreeMap<>();
    job.metrics().forEach((name, value) -> metrics.put(name, value.value()));
    Outputs.Archive model = outputs.model();
    Outputs.Archive output = outputs.data();
    return new ResultView(
        job.id(),
        job.state().status().word(),
        job.expiredAt(),
        metrics,
        model == null ? null : FileView.of(job, model.object()),
        output == null ? null : FileView.of(job, output.object()),
        new ResultFiles(store, job, outputs),
        job.state().failure() == null ? null : FailureView.of(job.state().failure()));
  }

  /** One file; {@code name} for an archive, {@code path} for a file in one. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Schema(name = "ResultFile")
  record FileView(
      @Nullable String name,
      @Nullable String path,
      long size,
      String sha256,
      @Schema(
              description =
                  "Where it is downloaded from; absent once it was deleted, or when its name has a"
                      + " control character in it: then it is in the archive alone.")
          @Nullable String href) {

    static FileView of(Job job, String folder, Outputs.Member member) {
      String path = folder + member.path();
      return new FileView(null, path, member.size(), member.sha256().hex(), href(job, path));
    }

    /** A file that is an object of its own. */
    static FileView whole(Job job, StoredObject object) {
      String path = object.key().name();
      return new FileView(null, path, object.size(), object.sha256().hex(), href(job, path));
    }

    private static FileView of(Job job, StoredObject object) {
      String name = object.key().name();
      return new FileView(name, null, object.size(), object.sha256().hex(), href(job, name));
    }

    /** None with a control character in it, which no route takes; the archive holds the file. */
    private static @Nullable String href(Job job, String path) {
      return job.expiredAt() != null || path.chars().anyMatch(Character::isISOControl)
          ? null
          : JobView.path(job.id()) + "/files/" + UrlPath.encode(path);
    }
  }
}
