@NullMarked
package io.byoa.job;

import org.jspecify.annotations.NullMarked;
