package io.byoa.engine;

/**
 * A piece of a job's output.
 *
 * @param offset the byte at which the content starts
 * @param content the bytes; what they mean is up to the program, UTF-8 is usual
 * @param last whether the job has ended and there is nothing after this content
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record LogSlice(long offset, byte[] content, boolean last) {}
