/** What clients of Amazon Web Services have in common. */
@NullMarked
package io.byoa.common.aws;

import org.jspecify.annotations.NullMarked;
