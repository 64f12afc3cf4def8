@NullMarked
package io.byoa.engine.local;

import org.jspecify.annotations.NullMarked;
