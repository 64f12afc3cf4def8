/** Tests of the runtimes. */
@NullMarked
package io.byoa.runtime;

import org.jspecify.annotations.NullMarked;
