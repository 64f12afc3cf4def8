package io.byoa.algorithm.descriptor.difference;

/**
 * One difference between two descriptors.
 *
 * @param pointer a JSON Pointer into the newer completed descriptor; for what was removed, into the
 *     older one
 * @param kind how it differs
 * @param breaking whether a caller who relied on the older one may be refused or misled
 * @param detail what was and what is, for people
 */
public record Change(String pointer, ChangeKind kind, boolean breaking, String detail) {}
