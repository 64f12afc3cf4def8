package io.byoa.job.launch;

import io.byoa.algorithm.PublishedVersion;
import io.byoa.engine.TrainingEngine;
import io.byoa.job.JobRequest;

/** A launch that may go ahead. */
record LaunchPlan(PublishedVersion version, TrainingEngine engine, JobRequest request) {}
