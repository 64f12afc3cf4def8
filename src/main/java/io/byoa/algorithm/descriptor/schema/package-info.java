/** The part of JSON Schema 2020-12 that hyperparameters are declared in: read, checked, written. */
@NullMarked
package io.byoa.algorithm.descriptor.schema;

import org.jspecify.annotations.NullMarked;
