/** What a program is given: its code and its inputs. */
@NullMarked
package io.byoa.engine.local.input;

import org.jspecify.annotations.NullMarked;
