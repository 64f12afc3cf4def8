package io.byoa.dataset;

import io.byoa.access.Audit;
import io.byoa.access.Caller;
import io.byoa.common.Failure;
import io.byoa.common.FailureException;
import io.byoa.common.Sha256;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The two records around an upload: its content is announced before the first byte is stored, and
 * gets its name when all of them are.
 */
@Singleton
class DatasetPushes {

  private static final Duration SOON = Duration.ofSeconds(30);

  private final DatasetRepository rows;
  private final Audit audit;
  private final InstantSource time;

  DatasetPushes(DatasetRepository rows, Audit audit, InstantSource time) {
    this.rows = rows;
    this.audit = audit;
    this.time = time;
  }

  /**
   * What a push did.
   *
   * @param fresh whether the name did not have this content before
   */
  record Pushed(Dataset dataset, boolean fresh) {}

  /**
   * Announces content that is about to be stored.
   *
   * @throws FailureException 503 {@code dataset-being-removed}
   */
  @Transactional
  public void claim(Manifest manifest) {
    if (!rows.claim(manifest.digest().hex(), manifest)) {
      throw beingRemoved();
    }
  }

  /**
   * Gives stored content a name, and makes it the name's latest.
   *
   * @throws FailureException 503 {@code dataset-being-removed} when it took a day to get here
   */
  @Transactional
  public Pushed push(Caller caller, String name, Manifest manifest) {
    Sha256 digest = manifest.digest();
    if (!rows.hold(digest.hex())) {
      throw beingRemoved();
    }
    Instant now = time.instant();
    boolean fresh = rows.push(caller.team(), name, digest.hex(), now, caller.requester());
    audit.record(caller, "dataset.pushed", name + "@sha256:" + digest);
    DatasetEntity row = rows.find(caller.team(), name, digest.hex()).orElseThrow();
    return new Pushed(new Dataset(name, digest, manifest, row.createdAt, row.createdBy), fresh);
  }

  private static FailureException beingRemoved() {
    return new FailureException(
        new Failure.Unavailable(
            "dataset-being-removed",
            "The remains of an earlier, unfinished upload of the same content are being removed."
                + " Upload it again in a moment.",
            SOON));
  }
}
