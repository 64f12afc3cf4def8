/** The promises of the store, checked on every store. */
@NullMarked
package io.byoa.store;

import org.jspecify.annotations.NullMarked;
