@NullMarked
package io.byoa.engine.local.environment;

import org.jspecify.annotations.NullMarked;
