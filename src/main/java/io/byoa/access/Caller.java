package io.byoa.access;

import io.byoa.common.Failure;
import java.security.Principal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request: the token behind it, whether it came itself or as a browser session.
 *
 * @param team whose things the caller sees; those of others do not exist for it
 * @param tokenId the token's id (ULID), which is never used again
 * @param name the token's name, which a later token may have again
 * @param role what it may do
 * @param algorithms the only algorithms it may publish or launch; empty means all
 * @param expiresAt when it, or its session, ends by itself; null means never
 */
public record Caller(
    String team,
    String tokenId,
    String name,
    Role role,
    Set<String> algorithms,
    @Nullable Instant expiresAt)
    implements Principal {

  /** The team of everything, until there are more. */
  public static final String DEFAULT_TEAM = "default";

  /** Keeps the set of algorithms from changing. */
  public Caller {
    algorithms = Set.copyOf(algorithms);
  }

  /** The token's id: unlike its name it never means another token. */
  @Override
  public String getName() {
    return tokenId;
  }

  /** How a job, a version and the audit name the caller: {@code token:ci}. */
  public String requester() {
    return "token:" + name;
  }

  /** Whether the token may publish or launch this algorithm, its role aside. */
  public boolean mayUse(String algorithm) {
    return algorithms.isEmpty() || algorithms.contains(algorithm);
  }

  /**
   * Refuses what the token was not made for. Routes with {@code {algorithm}} in their path do this
   * by themselves on every unsafe method; where the algorithm comes from elsewhere (a descriptor in
   * an archive, the job to be stopped), the feature calls it.
   *
   * @throws io.byoa.common.FailureException 403 {@code algorithm-not-in-scope}
   */
  public void requireScope(String algorithm) {
    if (!mayUse(algorithm)) {
      throw new Failure.Forbidden(
              "algorithm-not-in-scope",
              "The token '%s' is limited to %s; it cannot do this to '%s'."
                  .formatted(
                      name, String.join(", ", algorithms.stream().sorted().toList()), algorithm))
          .raise();
    }
  }

  boolean endedBy(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
