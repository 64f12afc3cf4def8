package io.byoa.upkeep;

import io.byoa.common.FailureException;
import io.byoa.store.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness ends when a disk is nearly full, in time for an operator to do something about it.
 * Costs two questions to the kernel.
 */
@Readiness
@Singleton
final class DiskHealth implements HealthCheck {

  private final ObjectStore store;
  private final Path data;
  private final long wanted;

  DiskHealth(ObjectStore store, DiskConfig config, @ConfigProperty(name = "byoa.data") Path data) {
    this.store = store;
    this.data = data.toAbsolutePath().normalize();
    this.wanted = config.free().asLongValue();
  }

  @Override
  public HealthCheckResponse call() {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named("Disk");
    List<String> reasons = new ArrayList<>();
    try {
      long free = Files.getFileStore(data).getUsableSpace();
      answer.withData("free", mebibytes(free));
      if (free < wanted) {
        reasons.add(
            "%s are free in %s, and %s should stay free."
                .formatted(mebibytes(free), data, mebibytes(wanted)));
      }
      if (store.freeBytes().orElse(Long.MAX_VALUE) <= 0) {
        reasons.add("The disk of the store is nearly full.");
      }
    } catch (IOException | FailureException e) {
      reasons.add("The disk cannot be looked at: " + e.getMessage());
    }
    if (!reasons.isEmpty()) {
      reasons.add(
          "Uploads are refused and no job starts until there is room again: delete what is not needed, enlarge the disk, or lower BYOA_DISK_FREE.");
      answer.withData("reason", String.join(" ", reasons));
    }
    return answer.status(reasons.isEmpty()).build();
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
