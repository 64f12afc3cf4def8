@NullMarked
package io.byoa.engine.local.input;

import org.jspecify.annotations.NullMarked;
