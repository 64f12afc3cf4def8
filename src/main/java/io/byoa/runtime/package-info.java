/** Languages and versions an algorithm can ask for, and what they resolve to. */
@NullMarked
package io.byoa.runtime;

import org.jspecify.annotations.NullMarked;
