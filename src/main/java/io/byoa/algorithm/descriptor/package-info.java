/** What a version declares: runtime, entry point, hyperparameters, channels, metrics, resources. */
@NullMarked
package io.byoa.algorithm.descriptor;

import org.jspecify.annotations.NullMarked;
