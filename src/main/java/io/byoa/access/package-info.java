/** Who may do what: tokens, browser sessions, roles, the checks ahead of every route, the audit. */
@NullMarked
package io.byoa.access;

import org.jspecify.annotations.NullMarked;
