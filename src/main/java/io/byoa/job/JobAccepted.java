package io.byoa.job;

/** A job was accepted. Observed after the commit: it is there. */
public record JobAccepted(Job job) {}
