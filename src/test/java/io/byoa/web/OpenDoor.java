package io.byoa.web;

import io.quarkus.security.spi.runtime.AuthorizationController;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;

/** Lets everybody in, for tests of conventions that hold whoever asks. */
@Alternative
@ApplicationScoped
public class OpenDoor extends AuthorizationController {

  @Override
  public boolean isAuthorizationEnabled() {
    return false;
  }
}
