/** Uploaded code: inspected as a stream, re-packed canonically, addressed by SHA-256. */
@NullMarked
package io.byoa.bundle;

import org.jspecify.annotations.NullMarked;
