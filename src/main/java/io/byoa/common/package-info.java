/** What every feature shares: ids, time, digests and the one vocabulary of failures. */
@NullMarked
package io.byoa.common;

import org.jspecify.annotations.NullMarked;
