@NullMarked
package io.byoa.engine.local.output;

import org.jspecify.annotations.NullMarked;
