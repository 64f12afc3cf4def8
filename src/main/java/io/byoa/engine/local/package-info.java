/**
 * Training jobs as processes of this machine, confined as well as its kernel allows: the engine
 * itself, and how a launch goes through its phases.
 */
@NullMarked
package io.byoa.engine.local;

import org.jspecify.annotations.NullMarked;
