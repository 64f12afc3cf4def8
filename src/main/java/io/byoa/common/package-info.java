/**
 * What every feature shares: ids, time, digests, the one vocabulary of failures, and what a feature
 * may offer to the whole: a command, a chore, a probe, a note at the start.
 */
@NullMarked
package io.byoa.common;

import org.jspecify.annotations.NullMarked;
