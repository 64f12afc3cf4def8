package io.byoa.engine;

/**
 * A job of an engine on this machine has something new to observe. Fired as a CDI event so that the
 * reconciler looks at once; losing one costs only the time to its next look.
 */
public record EngineChanged(LaunchName name) {}
