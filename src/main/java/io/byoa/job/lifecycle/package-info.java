/**
 * The life of a training job as one pure decision: what is stored and what was seen make what is
 * next.
 */
@NullMarked
package io.byoa.job.lifecycle;

import org.jspecify.annotations.NullMarked;
