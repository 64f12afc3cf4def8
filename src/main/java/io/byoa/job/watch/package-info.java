/**
 * Waiting for something to happen to a job, here or on another replica, without holding a thread.
 */
@NullMarked
package io.byoa.job.watch;

import org.jspecify.annotations.NullMarked;
