package io.byoa.runtime;

/**
 * A language and its version.
 *
 * @param language {@code python}, {@code r}, {@code other} or {@code container}
 * @param version {@code major.minor}; empty where the language has none
 */
public record RuntimeId(String language, String version) {}
