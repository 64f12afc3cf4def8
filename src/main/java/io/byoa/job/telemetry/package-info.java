/**
 * What is told about jobs to whoever runs the installation: measurements, traces, and lines in its
 * log.
 */
@NullMarked
package io.byoa.job.telemetry;

import org.jspecify.annotations.NullMarked;
