/** Every move of a job, and every move it must not make. */
@NullMarked
package io.byoa.job.lifecycle;

import org.jspecify.annotations.NullMarked;
