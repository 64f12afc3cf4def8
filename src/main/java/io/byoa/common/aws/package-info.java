/** What all clients of Amazon Web Services have in common: who they are, where, how patient. */
@NullMarked
package io.byoa.common.aws;

import org.jspecify.annotations.NullMarked;
