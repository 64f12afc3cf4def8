@NullMarked
package io.byoa.engine.local.sandbox;

import org.jspecify.annotations.NullMarked;
