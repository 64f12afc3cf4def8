/** Archives as people and attackers make them. */
@NullMarked
package io.byoa.bundle;

import org.jspecify.annotations.NullMarked;
