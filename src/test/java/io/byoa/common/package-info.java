/** What every feature builds on, checked without any of them. */
@NullMarked
package io.byoa.common;

import org.jspecify.annotations.NullMarked;
