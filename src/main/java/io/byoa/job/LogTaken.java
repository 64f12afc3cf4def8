package io.byoa.job;

/** Output of a job was taken in. Observed after the commit. */
record LogTaken(int bytes, int lines) {}
