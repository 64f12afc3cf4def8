package io.byoa;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.StartupNote;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server prints when it is ready. */
final class BannerTest {

  private record Note(String label, String text, int order) implements StartupNote {}

  @Test
  void alignsItsLinesInTheirOrder() {
    String banner =
        Banner.of(
            List.of(
                new Note("Admin token", "byoa_a\n(also in data/admin-token)", 50),
                new Note("Data", "/data", 10),
                new Note("Empty", "", 5)));

    assertThat(banner)
        .isEqualTo(
            """

            BYOA is ready.

              Data          /data
              Admin token   byoa_a
                            (also in data/admin-token)

            """);
  }
}
