/**
 * What tests of several features share: a real database, and the built application as a process.
 */
@NullMarked
package io.byoa.testing;

import org.jspecify.annotations.NullMarked;
