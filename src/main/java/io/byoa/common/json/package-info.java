/** JSON documents read strictly, whose numbers keep the text and whose members keep the order. */
@NullMarked
package io.byoa.common.json;

import org.jspecify.annotations.NullMarked;
