/**
 * What keeps an installation healthy over months: chores that come round, and an eye on the disk.
 */
@NullMarked
package io.byoa.upkeep;

import org.jspecify.annotations.NullMarked;
