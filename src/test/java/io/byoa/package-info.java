/** Rules about the house as a whole. */
@NullMarked
package io.byoa;

import org.jspecify.annotations.NullMarked;
