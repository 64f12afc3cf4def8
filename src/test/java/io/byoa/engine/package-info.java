@NullMarked
package io.byoa.engine;

import org.jspecify.annotations.NullMarked;
