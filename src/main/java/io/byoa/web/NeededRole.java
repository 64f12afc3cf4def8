package io.byoa.web;

import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import jakarta.annotation.security.RolesAllowed;
import java.lang.reflect.Method;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jspecify.annotations.Nullable;

/** The role that the route of the current request asks for, to tell those who lack it. */
final class NeededRole {

  private NeededRole() {}

  /** A refusal that names the role; the one that was thrown when the route names none. */
  static Throwable ofCurrentRequest(Throwable thrown) {
    RolesAllowed needed = needed();
    return needed == null
        ? thrown
        : new FailureException(
            new Failure.Forbidden(
                "role-needed",
                "This needs the role '%s', or one that includes it. 'GET /api/v1/session' tells yours."
                    .formatted(String.join("' or '", needed.value()))));
  }

  private static @Nullable RolesAllowed needed() {
    ResteasyReactiveRequestContext request = CurrentRequestManager.get();
    if (request == null || request.getTarget() == null) {
      return null;
    }
    Method method = request.getTarget().getLazyMethod().getMethod();
    RolesAllowed onMethod = method.getAnnotation(RolesAllowed.class);
    return onMethod == null
        ? method.getDeclaringClass().getAnnotation(RolesAllowed.class)
        : onMethod;
  }
}
