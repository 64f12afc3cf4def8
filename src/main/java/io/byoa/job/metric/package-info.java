/** The series of a job's metrics for those who read them, thinned where they are long. */
@NullMarked
package io.byoa.job.metric;

import org.jspecify.annotations.NullMarked;
