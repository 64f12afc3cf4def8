/** The reconciler, stepped by hand on a real database, with engines in the heap. */
@NullMarked
package io.byoa.reconcile;

import org.jspecify.annotations.NullMarked;
