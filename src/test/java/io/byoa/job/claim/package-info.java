@NullMarked
package io.byoa.job.claim;

import org.jspecify.annotations.NullMarked;
