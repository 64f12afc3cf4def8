@NullMarked
package io.byoa.engine.local.process;

import org.jspecify.annotations.NullMarked;
