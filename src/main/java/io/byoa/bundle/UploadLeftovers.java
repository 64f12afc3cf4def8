package io.byoa.bundle;

import io.byoa.common.Chore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;

/** Takes away what uploads left that died while they were inspected here. */
@Singleton
final class UploadLeftovers implements Chore {

  private final BundleInspector inspector;

  UploadLeftovers(BundleInspector inspector) {
    this.inspector = inspector;
  }

  @Override
  public String name() {
    return "upload-leftovers";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  /** The folder is this machine's own. */
  @Override
  public boolean everywhere() {
    return true;
  }

  @Override
  public int runOnce() throws IOException {
    return inspector.removeLeftovers();
  }
}
