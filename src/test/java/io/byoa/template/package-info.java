/** Tests of the templates. */
@NullMarked
package io.byoa.template;

import org.jspecify.annotations.NullMarked;
