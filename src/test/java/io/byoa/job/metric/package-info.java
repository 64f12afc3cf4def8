@NullMarked
package io.byoa.job.metric;

import org.jspecify.annotations.NullMarked;
