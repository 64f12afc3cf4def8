/** The S3 store against a server that others have written, and against a line that breaks. */
@NullMarked
package io.byoa.store.s3;

import org.jspecify.annotations.NullMarked;
