/** How tokens, sessions, roles and the checks ahead of every route behave. */
@NullMarked
package io.byoa.access;

import org.jspecify.annotations.NullMarked;
