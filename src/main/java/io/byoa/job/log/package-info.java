/** A job's output as numbered lines, and the metrics found in them; pure. */
@NullMarked
package io.byoa.job.log;

import org.jspecify.annotations.NullMarked;
