/** The loop that moves jobs: claim, launch, follow, finish. */
@NullMarked
package io.byoa.reconcile;

import org.jspecify.annotations.NullMarked;
