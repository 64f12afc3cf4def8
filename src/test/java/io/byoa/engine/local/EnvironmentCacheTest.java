package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which installed dependencies go when there is no room for all; with a real installer. */
@SuppressWarnings("NullAway.Init") // JUnit fills the field before each test
final class EnvironmentCacheTest {

  @TempDir Path data;

  /** An environment as an earlier installation has left it, used last so long ago. */
  private Path installed(String key, int bytes, Duration ago) throws IOException {
    Path home = data.resolve("environments").resolve(key);
    Files.createDirectories(home.resolve("env-1"));
    Files.writeString(home.resolve("env-1/byoa-size"), Integer.toString(bytes));
    Files.write(home.resolve("env-1/content"), new byte[bytes]);
    Files.writeString(home.resolve("current"), "env-1");
    Files.setLastModifiedTime(
        home.resolve("current"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z").minus(ago)));
    return home;
  }

  @Test
  void theLeastRecentlyUsedGoWhenANewOneNeedsTheirRoom() throws Exception {
    Path recent = installed("recent", 1 << 20, Duration.ofDays(1));
    Path older = installed("older", 90 << 20, Duration.ofDays(2));
    Path oldest = installed("oldest", 1 << 20, Duration.ofDays(3));

    try (Workplace place =
        new Workplace(data, Map.of("dependency-cache", "80M", "grace", "PT1S"))) {
      LaunchName name =
          place.launched(
              place
                  .python("import pip; print('trained')")
                  .dependencies("requirements.txt", "# nothing but what comes with Python\n")
                  .order());

      assertThat(place.ended(name).end()).as(place.log(name)).isEqualTo(new End.Succeeded());
    }

    assertThat(recent.resolve("env-1/content")).exists();
    assertThat(older).doesNotExist();
    assertThat(oldest).as("older than one that had to go").doesNotExist();
    assertThat(environments()).as("the recent one and the new one").isEqualTo(2);
    assertThat(data.resolve("environments/.trash"))
        .as("renamed at once, deleted later")
        .isNotEmptyDirectory();
  }

  @Test
  void oneThatIsInUseStaysHoweverOldItIs() throws Exception {
    try (Workplace place = new Workplace(data, Map.of("dependency-cache", "1", "grace", "PT1S"))) {
      LaunchName busy =
          place.launched(
              place
                  .python(
                      "import pip, time; print('started', flush=True); time.sleep(3); import pip._internal; print('trained')")
                  .dependencies("requirements.txt", "# one list\n")
                  .order());
      place.awaitLog(busy, "started");
      LaunchName other =
          place.launched(
              place
                  .python("print('other')")
                  .dependencies("requirements.txt", "# another list\n")
                  .order());

      assertThat(place.ended(other).end()).as(place.log(other)).isEqualTo(new End.Succeeded());
      assertThat(place.ended(busy).end()).as(place.log(busy)).isEqualTo(new End.Succeeded());
      assertThat(place.log(busy)).endsWith("trained\n");
    }
  }

  private long environments() throws IOException {
    try (Stream<Path> homes = Files.list(data.resolve("environments"))) {
      return homes.filter(home -> Files.exists(home.resolve("current"))).count();
    }
  }
}
