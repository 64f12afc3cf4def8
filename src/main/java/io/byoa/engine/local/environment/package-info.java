/** The interpreters on this machine, and the dependencies that are installed for programs. */
@NullMarked
package io.byoa.engine.local.environment;

import org.jspecify.annotations.NullMarked;
