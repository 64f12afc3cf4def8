package io.byoa.runtime;

/**
 * What a runtime is at one place to train.
 *
 * @param id what was asked for
 * @param exactVersion the version found, such as {@code 3.11.2}; empty when the place does not say
 * @param location the interpreter's path, or the image's reference
 */
public record ResolvedRuntime(RuntimeId id, String exactVersion, String location) {}
