/** Input data that clients upload: named, versioned by its content, kept unpacked in the store. */
@NullMarked
package io.byoa.dataset;

import org.jspecify.annotations.NullMarked;
