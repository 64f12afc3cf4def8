/** The file store on a real folder. */
@NullMarked
package io.byoa.store.file;

import org.jspecify.annotations.NullMarked;
