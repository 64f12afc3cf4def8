package io.byoa.bundle;

/**
 * Where one file's content lies within a stored tar, for {@code store.openRange}.
 *
 * @param offset the first byte, from 0
 * @param length how many bytes
 */
public record FileRange(long offset, long length) {}
