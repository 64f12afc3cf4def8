/** Tests of JSON reading and writing. */
@NullMarked
package io.byoa.common.json;

import org.jspecify.annotations.NullMarked;
