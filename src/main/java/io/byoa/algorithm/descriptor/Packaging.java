package io.byoa.algorithm.descriptor;

/** How the code gets to where it runs. */
public enum Packaging {
  /** A stock image; the code comes as a channel. */
  ARCHIVE,
  /** An image of this version is built. */
  IMAGE
}
