/** Programs under their supervisors: started, followed, limited, and how they ended. */
@NullMarked
package io.byoa.engine.local.process;

import org.jspecify.annotations.NullMarked;
