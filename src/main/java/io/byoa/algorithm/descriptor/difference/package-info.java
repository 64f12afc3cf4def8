/** What differs between two declarations, and whether it breaks those who rely on the first. */
@NullMarked
package io.byoa.algorithm.descriptor.difference;

import org.jspecify.annotations.NullMarked;
