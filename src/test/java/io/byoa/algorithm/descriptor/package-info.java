/** Tests of the descriptor. */
@NullMarked
package io.byoa.algorithm.descriptor;

import org.jspecify.annotations.NullMarked;
