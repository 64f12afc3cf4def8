package io.byoa.engine.local.environment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebianPackagesTest {

  @Test
  void tellsWhatTheAuthorsCallAVersion(@TempDir Path folder) throws IOException {
    Path status =
        Files.writeString(
            folder.resolve("status"),
            """
            Package: python3.11
            Status: install ok installed
            Version: 3.11.9-1

            Package: python3.11-minimal
            Status: install ok installed
            Depends: libc6 (>= 2.36)
            Version: 3.11.2-6+deb12u6

            Package: r-base-core
            Version: 1:4.2.2.20221110-2
            """);
    DebianPackages packages = new DebianPackages(status);

    assertThat(packages.version("python3.11-minimal")).isEqualTo("3.11.2");
    assertThat(packages.version("r-base-core")).isEqualTo("4.2.2.20221110");
    assertThat(packages.version("python3.12-minimal")).isEmpty();
  }

  @Test
  void knowsNothingWhereThereIsNoList(@TempDir Path folder) throws IOException {
    assertThat(new DebianPackages(folder.resolve("status")).version("python3.11-minimal"))
        .isEmpty();
  }
}
