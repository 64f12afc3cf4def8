package io.byoa.access;

import io.byoa.common.Failure;

/** The sentences for those who are not let in. */
final class Refusals {

  static final String NO_TOKEN =
      "This needs a token: send 'Authorization: Bearer byoa_…', or sign in with POST"
          + " /api/v1/session. The first start wrote an admin token to 'admin-token' in the data"
          + " folder; 'make admin-token' makes another on the machine.";

  static final Failure NOBODY = new Failure.Unauthenticated("unauthenticated", NO_TOKEN);

  static final Failure NOT_A_TOKEN =
      new Failure.Unauthenticated(
          "token-malformed",
          "What was sent is not a token of this system: its shape or its checksum is wrong. Perhaps"
              + " it was cut or mistyped.");

  static final Failure NOT_BEARER =
      new Failure.Unauthenticated(
          "token-malformed",
          "The Authorization header must read 'Bearer byoa_…', once, and no other scheme is known.");

  static final Failure UNKNOWN =
      new Failure.Unauthenticated(
          "token-unknown",
          "This token is unknown, expired or revoked. An administrator can make a new one.");

  static final Failure SESSION_OVER =
      new Failure.Unauthenticated(
          "session-over", "Your session has ended, or its token was revoked. Sign in again.");

  static final Failure CROSS_SITE =
      new Failure.Forbidden(
          "cross-site-request",
          "A session cookie changes things only for pages of this server: the request needs"
              + " 'Sec-Fetch-Site: same-origin' or a matching Origin. Programs send a token in the"
              + " Authorization header instead.");

  private Refusals() {}
}
