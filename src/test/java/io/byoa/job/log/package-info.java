@NullMarked
package io.byoa.job.log;

import org.jspecify.annotations.NullMarked;
