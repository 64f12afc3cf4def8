package io.byoa.access;

/**
 * The words of {@link Role}, as constants that an annotation can take:
 * {@code @RolesAllowed(Needs.LAUNCHER)} stands on every route that is not public, and lets in that
 * role and those above it.
 */
public final class Needs {

  /** Of {@link Role#VIEWER}. */
  public static final String VIEWER = "viewer";

  /** Of {@link Role#LAUNCHER}. */
  public static final String LAUNCHER = "launcher";

  /** Of {@link Role#PUBLISHER}. */
  public static final String PUBLISHER = "publisher";

  /** Of {@link Role#ADMIN}. */
  public static final String ADMIN = "admin";

  private Needs() {}
}
