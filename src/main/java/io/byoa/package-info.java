/** BYOA: a registry of training algorithms and the orchestrator that trains their versions. */
@NullMarked
package io.byoa;

import org.jspecify.annotations.NullMarked;
