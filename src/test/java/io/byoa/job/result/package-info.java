@NullMarked
package io.byoa.job.result;

import org.jspecify.annotations.NullMarked;
