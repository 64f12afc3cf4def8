package io.byoa.engine.local.sandbox;

/**
 * How strongly programs are separated from this machine, found out once by trying.
 *
 * @param name {@code bubblewrap}, {@code unshare} or {@code environment}
 * @param sentence what that means, for the start-up note, the status page and readiness
 */
public record SandboxTier(String name, String sentence) {}
