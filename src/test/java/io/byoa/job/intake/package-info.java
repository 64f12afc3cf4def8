@NullMarked
package io.byoa.job.intake;

import org.jspecify.annotations.NullMarked;
