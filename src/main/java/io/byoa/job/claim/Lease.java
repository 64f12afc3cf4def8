package io.byoa.job.claim;

/**
 * One holding of a replica's lease.
 *
 * @param owner the replica
 * @param epoch counts the leases of this replica; one that ran out never comes back
 */
public record Lease(String owner, long epoch) {}
