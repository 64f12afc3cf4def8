/** Which replica works on which job: leases, and the jobs that are claimed under them. */
@NullMarked
package io.byoa.job.claim;

import org.jspecify.annotations.NullMarked;
