@NullMarked
package io.byoa.job.launch;

import org.jspecify.annotations.NullMarked;
