/** Tests of the conventions that every HTTP route shares, on routes that exist only here. */
@NullMarked
package io.byoa.web;

import org.jspecify.annotations.NullMarked;
