package io.byoa.common;

/**
 * One place in a request that breaks a rule.
 *
 * @param pointer a JSON Pointer (RFC 6901) into the body, such as {@code /hyperParameters/epochs};
 *     the empty string is the whole body; a query or path parameter is written {@code ?name} or
 *     {@code {name}}
 * @param detail the value and the rule, and what would be accepted
 */
public record Violation(String pointer, String detail) {

  /** The same violation, seen from a document that holds this one's document at {@code parent}. */
  public Violation under(String parent) {
    return new Violation(parent + pointer, detail);
  }

  /** One more step of a JSON Pointer, escaped as RFC 6901 section 3 asks. */
  public static String step(String pointer, String token) {
    return pointer + "/" + token.replace("~", "~0").replace("/", "~1");
  }
}
