package io.byoa.job.watch;

/**
 * Something about a job changed, and the change is committed or about to be. Observed after the
 * transaction, it wakes whoever watches the job.
 *
 * @param work whether the reconciler has something to do now
 */
public record JobChanged(String job, boolean work) {}
