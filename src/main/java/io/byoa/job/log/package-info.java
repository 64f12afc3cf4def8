/** A job's output for those who read it, by line. */
@NullMarked
package io.byoa.job.log;

import org.jspecify.annotations.NullMarked;
