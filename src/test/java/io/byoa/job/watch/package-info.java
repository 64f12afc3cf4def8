@NullMarked
package io.byoa.job.watch;

import org.jspecify.annotations.NullMarked;
