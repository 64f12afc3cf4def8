package io.byoa.access;

import jakarta.ws.rs.core.NewCookie;
import java.time.Duration;

/** The cookie that carries a browser session's secret. */
final class SessionCookie {

  static final String NAME = "byoa_session";

  private SessionCookie() {}

  /** The cookie that signs in for this long. */
  static NewCookie of(Token session, Duration lifetime, boolean https) {
    return cookie(session.secret(), Math.toIntExact(lifetime.toSeconds()), https);
  }

  /** The cookie that makes the browser forget. */
  static NewCookie none(boolean https) {
    return cookie("", 0, https);
  }

  private static NewCookie cookie(String value, int maxAge, boolean https) {
    return new NewCookie.Builder(NAME)
        .value(value)
        .path("/api")
        .maxAge(maxAge)
        .httpOnly(true)
        .secure(https)
        .sameSite(NewCookie.SameSite.STRICT)
        .build();
  }
}
