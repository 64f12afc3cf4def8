/** What a program has left: packed within limits, and brought into the store. */
@NullMarked
package io.byoa.engine.local.output;

import org.jspecify.annotations.NullMarked;
