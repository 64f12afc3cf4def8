/** Object storage in a folder of this machine. */
@NullMarked
package io.byoa.store.file;

import org.jspecify.annotations.NullMarked;
