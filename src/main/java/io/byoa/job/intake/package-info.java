/** What comes out of a program, taken apart: whole lines, the metrics in them, and their points. */
@NullMarked
package io.byoa.job.intake;

import org.jspecify.annotations.NullMarked;
