/**
 * Accepting a launch: everything that can be wrong with it is told at once, before a job is queued.
 */
@NullMarked
package io.byoa.job.launch;

import org.jspecify.annotations.NullMarked;
