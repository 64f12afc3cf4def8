package io.byoa.job;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of jobs, for the API's document: the page itself is made of texts that are kept. */
@Schema(name = "PageJobView")
record JobPage(
    List<JobView> items,
    @Schema(description = "Give it back as 'cursor' for the next page; absent on the last one.")
        @Nullable String next) {}
