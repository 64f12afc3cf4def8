/**
 * What an algorithm sees under {@code /opt/ml}, in its environment and argv: one rendering for all
 * engines.
 */
@NullMarked
package io.byoa.engine.contract;

import org.jspecify.annotations.NullMarked;
