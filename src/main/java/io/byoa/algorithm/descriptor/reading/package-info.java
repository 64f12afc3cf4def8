/** Reads a JSON document field by field, and collects what is wrong with it. */
@NullMarked
package io.byoa.algorithm.descriptor.reading;

import org.jspecify.annotations.NullMarked;
