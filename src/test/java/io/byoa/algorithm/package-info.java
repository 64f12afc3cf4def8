/** The catalogue as clients meet it. */
@NullMarked
package io.byoa.algorithm;

import org.jspecify.annotations.NullMarked;
