/**
 * Training jobs: what a job is, how its row is read and moved, and how clients see it; a folder for
 * everything else that is done with jobs.
 */
@NullMarked
package io.byoa.job;

import org.jspecify.annotations.NullMarked;
