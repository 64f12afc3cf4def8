package io.byoa.algorithm;

import io.byoa.algorithm.descriptor.SemVer;

/**
 * As much of a version as choosing and listing need: a row without its descriptor and its files.
 *
 * @param version exact
 * @param status its word
 * @param runtime such as {@code python 3.11}
 */
record VersionOutline(
    String algorithm,
    String version,
    String status,
    boolean released,
    String description,
    String runtime) {

  SemVer semVer() {
    return SemVer.parse(version).orElseThrow();
  }

  Selector.Candidate candidate() {
    return new Selector.Candidate(semVer(), VersionStatus.of(status).orElseThrow());
  }
}
