package io.byoa.job.intake;

/** Output of a job was taken in. Observed after the commit. */
public record LogTaken(int bytes, int lines) {}
