package io.byoa.engine.local;

/** The user and group that a program runs under when the server is root. */
record Account(int uid, int gid) {}
