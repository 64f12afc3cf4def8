/** What has happened to jobs, as streams that resume. */
@NullMarked
package io.byoa.job.event;

import org.jspecify.annotations.NullMarked;
