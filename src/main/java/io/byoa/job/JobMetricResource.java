package io.byoa.job;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.web.ETag;
import io.byoa.web.Preconditions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The values of a job's metrics over time. */
@Path("/api/v1/jobs/{job}/metrics")
@Tag(name = "Jobs")
@Blocking
class JobMetricResource {

  private final JobReads reads;
  private final JobRepository jobs;
  private final CurrentCaller caller;

  JobMetricResource(JobReads reads, JobRepository jobs, CurrentCaller caller) {
    this.reads = reads;
    this.jobs = jobs;
    this.caller = caller;
  }

  @Schema(name = "Metrics")
  record MetricsView(List<SeriesView> metrics) {}

  @Schema(name = "MetricSeries")
  record SeriesView(String name, List<PointView> points) {}

  /** A value, the line of the log it was read from, and when. */
  @Schema(name = "MetricPoint")
  record PointView(double value, long line, Instant time) {}

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Transactional
  @Operation(summary = "Read the series of each metric that has been seen")
  @APIResponse(
      responseCode = "200",
      description = "Every series in the order of its lines.",
      content = @Content(schema = @Schema(implementation = MetricsView.class)))
  public Response metrics(@PathParam("job") String id, @BeanParam Preconditions preconditions) {
    Job job = reads.get(caller.get().team(), id);
    return preconditions.read(ETag.ofVersion(job.revision()), () -> series(id));
  }

  private MetricsView series(String id) {
    Map<String, List<PointView>> byName = new TreeMap<>();
    for (JobMetricEntity row : jobs.metrics(id)) {
      byName
          .computeIfAbsent(row.key.name(), name -> new ArrayList<>())
          .add(new PointView(row.value, row.key.line(), row.time));
    }
    return new MetricsView(
        byName.entrySet().stream()
            .map(series -> new SeriesView(series.getKey(), series.getValue()))
            .toList());
  }
}
