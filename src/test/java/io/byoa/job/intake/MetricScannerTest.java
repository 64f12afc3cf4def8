package io.byoa.job.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.job.intake.MetricScanner.Declared;
import io.byoa.job.intake.MetricScanner.Point;
import io.byoa.job.intake.MetricScanner.Scan;
import io.byoa.job.intake.MetricScanner.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which values are found, which of them are kept, and when it is enough. */
final class MetricScannerTest {

  private static final MetricScanner SCANNER =
      new MetricScanner(List.of(new Declared("a", "a=([^ ]+)"), new Declared("any", "=([^ ]+)")));

  private static final List<String> LINES = List.of("a=1", "nothing", "a=2 b=3", "b=x", "a=NaN");

  @Test
  void findsFiniteNumbersOneForEachMetricAndLine() {
    Scan scan = SCANNER.scan(LINES, 11, name -> 100, 100);
    assertThat(scan.kept())
        .containsExactly(
            new Point("a", 1, 11),
            new Point("any", 1, 11),
            new Point("a", 2, 13),
            new Point("any", 2, 13));
    assertThat(scan.lines()).isEqualTo(5);
  }

  @Test
  void countsAndRemembersWhatThereIsNoRoomFor() {
    Scan scan = SCANNER.scan(LINES, 11, name -> name.equals("a") ? 1 : 0, 100);
    assertThat(scan.kept()).containsExactly(new Point("a", 1, 11));
    assertThat(scan.tallies())
        .containsEntry("a", new Tally(2, 1, new Point("a", 2, 13)))
        .containsEntry("any", new Tally(2, 0, new Point("any", 2, 13)));
  }

  @Test
  void readsNoFurtherLineWhenItHasEnough() {
    Scan scan = SCANNER.scan(LINES, 11, name -> 100, 1);
    assertThat(scan.lines()).isEqualTo(1);
    assertThat(scan.kept()).hasSize(2);
    assertThat(SCANNER.scan(LINES, 11, name -> 0, 1).lines()).as("nothing kept").isEqualTo(5);
  }

  @Test
  void withoutMetricsEveryLineIsRead() {
    Scan scan = new MetricScanner(List.of()).scan(LINES, 1, name -> 100, 1);
    assertThat(scan.lines()).isEqualTo(5);
    assertThat(scan.tallies()).isEmpty();
  }
}
