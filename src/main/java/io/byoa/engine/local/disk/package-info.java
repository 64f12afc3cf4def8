/** What this engine has on the disk: the folders of launches, and how files come and go whole. */
@NullMarked
package io.byoa.engine.local.disk;

import org.jspecify.annotations.NullMarked;
