/** Tests of datasets. */
@NullMarked
package io.byoa.dataset;

import org.jspecify.annotations.NullMarked;
