/** Training jobs as processes of this machine, confined as well as its kernel allows. */
@NullMarked
package io.byoa.engine.local;

import org.jspecify.annotations.NullMarked;
