package io.byoa.access;

import io.byoa.common.Failure;
import io.quarkus.security.identity.CurrentIdentityAssociation;
import jakarta.inject.Singleton;

/** The {@link Caller} of the request being served; features inject it. */
@Singleton
public final class CurrentCaller {

  private final CurrentIdentityAssociation association;

  CurrentCaller(CurrentIdentityAssociation association) {
    this.association = association;
  }

  /**
   * The caller; costs no more than reading the request's identity.
   *
   * @throws io.byoa.common.FailureException 401 on a public route that nobody is signed in to
   */
  public Caller get() {
    if (association.getIdentity().getPrincipal() instanceof Caller caller) {
      return caller;
    }
    throw new Failure.Unauthenticated("unauthenticated", Refusals.NO_TOKEN).raise();
  }
}
