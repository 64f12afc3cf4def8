/** Tests of the upkeep. */
@NullMarked
package io.byoa.upkeep;

import org.jspecify.annotations.NullMarked;
