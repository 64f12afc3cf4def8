package io.byoa.access;

/**
 * What a request shows, without the secret itself.
 *
 * @param session whether it came as a session cookie; the two are never taken for each other
 * @param digest the SHA-256 of the secret, in hexadecimal
 */
record Credential(boolean session, String digest) {

  static Credential of(Token token) {
    return new Credential(token.kind() == Token.Kind.SES, token.digest().hex());
  }
}
