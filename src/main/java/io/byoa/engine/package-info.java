/** What a place to train promises: launch, observe, stop, interrupt, logs and outputs. */
@NullMarked
package io.byoa.engine;

import org.jspecify.annotations.NullMarked;
