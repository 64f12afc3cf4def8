package io.byoa.algorithm;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Versions as they were read last. All that can change of a version is counted by its revision, so
 * a launch asks the database for that number, and not again for a descriptor and ten thousand file
 * names. Runs in the caller's transaction, which must not have changed the version itself.
 */
@Singleton
class KnownVersions {

  private static final int KEPT = 500;

  private final AlgorithmRepository algorithms;
  private final VersionStamps stamps;
  private final VersionRows rows;
  private final Cache<VersionEntity.Key, PublishedVersion> kept =
      Caffeine.newBuilder().maximumSize(KEPT).build();

  KnownVersions(AlgorithmRepository algorithms, VersionStamps stamps, VersionRows rows) {
    this.algorithms = algorithms;
    this.stamps = stamps;
    this.rows = rows;
  }

  /** The version as it is now; empty when there is none. */
  Optional<PublishedVersion> find(String algorithm, String version) {
    VersionEntity.Key key = new VersionEntity.Key(algorithm, version);
    return stamps
        .of(key)
        .flatMap(stamp -> {
          PublishedVersion last = kept.getIfPresent(key);
          return last != null && stamp.equals(stampOf(last)) ? Optional.of(last) : read(key);
        });
  }

  private static VersionStamps.Stamp stampOf(PublishedVersion version) {
    return new VersionStamps.Stamp(version.team(), version.revision());
  }

  private Optional<PublishedVersion> read(VersionEntity.Key key) {
    Optional<PublishedVersion> now =
        algorithms.version(key.algorithm(), key.version()).map(rows::version);
    now.ifPresent(version -> kept.put(key, version));
    return now;
  }
}
