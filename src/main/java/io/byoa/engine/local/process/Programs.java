package io.byoa.engine.local.process;

import io.byoa.engine.local.sandbox.Sandbox;

/** How programs run on this machine: confined, supervised and limited, all of them alike. */
public record Programs(Sandbox sandbox, Supervisor supervisor, MemoryLimit memory) {}
