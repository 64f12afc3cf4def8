/** The loop that moves jobs: claim the heads of lines, launch, follow, finish. */
@NullMarked
package io.byoa.reconcile;

import org.jspecify.annotations.NullMarked;
