/** The port to object storage: immutable objects under readable keys, checked by their SHA-256. */
@NullMarked
package io.byoa.store;

import org.jspecify.annotations.NullMarked;
