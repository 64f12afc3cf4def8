/** Training jobs: launch, status, result, logs, metrics and events. */
@NullMarked
package io.byoa.job;

import org.jspecify.annotations.NullMarked;
