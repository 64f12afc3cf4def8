/** What an ended job left: its manifest and its files. */
@NullMarked
package io.byoa.job.result;

import org.jspecify.annotations.NullMarked;
