/**
 * The data folder and the PostgreSQL that lives in it: unpacked, set up, started, watched over and
 * stopped, so that a laptop needs no database server.
 */
@NullMarked
package io.byoa.database;

import org.jspecify.annotations.NullMarked;
