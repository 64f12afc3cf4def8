/** What separates programs from this machine: the sandboxes, and what a program sees in one. */
@NullMarked
package io.byoa.engine.local.sandbox;

import org.jspecify.annotations.NullMarked;
