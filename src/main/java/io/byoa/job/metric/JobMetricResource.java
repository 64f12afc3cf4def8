package io.byoa.job.metric;

import io.byoa.access.CurrentCaller;
import io.byoa.access.Needs;
import io.byoa.common.Failure;
import io.byoa.common.Violation;
import io.byoa.job.Job;
import io.byoa.job.JobReads;
import io.byoa.web.ETag;
import io.byoa.web.Preconditions;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The values of a job's metrics over time. */
@Path("/api/v1/jobs/{job}/metrics")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Jobs")
@Blocking
class JobMetricResource {

  private final JobReads reads;
  private final MetricSeries series;
  private final CurrentCaller caller;

  JobMetricResource(JobReads reads, MetricSeries series, CurrentCaller caller) {
    this.reads = reads;
    this.series = series;
    this.caller = caller;
  }

  /** Which points; a {@code @BeanParam}. */
  record Points(
      @QueryParam("name") @Parameter(description = "Only the metric of this name.")
          @Nullable String name,
      @QueryParam("fromLine")
          @Parameter(description = "Only points from this line of the log on, counted from 1.")
          @Nullable Long fromLine,
      @QueryParam("maxPoints")
          @Parameter(
              description = "How many points of each series at most, 4 to 10000; absent, 1000.")
          @Nullable Integer maxPoints,
      @QueryParam("thin")
          @Parameter(
              description =
                  "How a series with more points is fitted in. True, and absent: it is thinned, so"
                      + " that of neighbouring points the first, the last, the lowest and the"
                      + " highest stay. False: its first points are sent, every one, and next is"
                      + " the line to go on from.")
          @Nullable Boolean thin) {

    private static final int FEWEST = 4;
    private static final int MOST = 10_000;
    private static final int USUAL = 1_000;

    private MetricSeries.Wanted wanted() {
      List<Violation> problems = new ArrayList<>();
      if (fromLine != null && fromLine < 1) {
        problems.add(
            new Violation("?fromLine", "fromLine is " + fromLine + "; it must be 1 or more."));
      }
      if (maxPoints != null && (maxPoints < FEWEST || maxPoints > MOST)) {
        String detail = "maxPoints is %d; it must be %d to %d.".formatted(maxPoints, FEWEST, MOST);
        problems.add(new Violation("?maxPoints", detail));
      }
      if (!problems.isEmpty()) {
        throw new Failure.Malformed("parameters-invalid", problems.getFirst().detail(), problems)
            .raise();
      }
      return new MetricSeries.Wanted(
          name,
          fromLine == null ? 1 : fromLine,
          maxPoints == null ? USUAL : maxPoints,
          !Boolean.FALSE.equals(thin));
    }
  }

  @Schema(name = "Metrics")
  record MetricsView(List<SeriesView> metrics) {}

  @Schema(name = "MetricSeries")
  record SeriesView(
      String name,
      @Schema(description = "How many values the program has printed.") long found,
      @Schema(
              description =
                  "How many of them are kept as points, from the first on; fewer than found once"
                      + " this installation's limit is reached.")
          long kept,
      List<PointView> points,
      @Schema(
              description =
                  "With thin=false, the line to go on from; absent when these are the last points.")
          @Nullable Long next) {

    private static SeriesView of(MetricSeries.Series series) {
      return new SeriesView(
          series.name(),
          series.count().found(),
          series.count().kept(),
          series.points().stream()
              .map(point -> new PointView(point.value(), point.line(), point.time()))
              .toList(),
          series.next());
    }
  }

  /** A value, the line of the log it was read from, and when. */
  @Schema(name = "MetricPoint")
  record PointView(double value, long line, Instant time) {}

  @GET
  @RolesAllowed(Needs.VIEWER)
  @Transactional
  @Operation(
      operationId = "getJobMetrics",
      summary = "Read the series of each metric that has been seen",
      description =
          "At most maxPoints points of each; a series that has more is thinned. All of them come in"
              + " pages with name, thin=false, and fromLine set to the next of the page before.")
  @APIResponse(
      responseCode = "200",
      description = "Every series in the order of its lines.",
      content = @Content(schema = @Schema(implementation = MetricsView.class)))
  public Response metrics(
      @PathParam("job") String id,
      @BeanParam Points points,
      @BeanParam Preconditions preconditions) {
    MetricSeries.Wanted wanted = points.wanted();
    String team = caller.get().team();
    Job job = reads.get(team, id);
    return preconditions.read(
        ETag.ofVersion(job.revision()),
        () -> new MetricsView(series.read(team, id, wanted).stream().map(SeriesView::of).toList()));
  }
}
