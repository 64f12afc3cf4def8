/** Tests of the schema of hyperparameters. */
@NullMarked
package io.byoa.algorithm.descriptor.schema;

import org.jspecify.annotations.NullMarked;
