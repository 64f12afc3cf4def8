/** Projects to start from: descriptor, program, dependencies, CI files, README, as one archive. */
@NullMarked
package io.byoa.template;

import org.jspecify.annotations.NullMarked;
