/** The catalogue: algorithms, their immutable versions, status and aliases. */
@NullMarked
package io.byoa.algorithm;

import org.jspecify.annotations.NullMarked;
