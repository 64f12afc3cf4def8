package io.byoa.job.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thinned series begins, ends and peaks where the whole one does. */
final class SeriesSampleTest {

  private static List<Double> thinned(int most, List<Double> values) {
    SeriesSample<Double> sample = new SeriesSample<>(most, value -> value);
    values.forEach(sample::add);
    return sample.points();
  }

  private static List<Double> random(int count) {
    return new Random(count).doubles(count).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 99, 100})
  void keepsAllWhileTheyAreFew(int count) {
    assertThat(thinned(100, random(count))).isEqualTo(random(count));
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 102, 199, 1_000, 12_345, 100_000})
  void keepsEndsAndPeaksInTheirOrder(int count) {
    List<Double> values = random(count);
    List<Double> kept = thinned(100, values);
    assertThat(kept)
        .hasSizeLessThanOrEqualTo(100)
        .hasSizeGreaterThan(25)
        .isSubsetOf(values)
        .startsWith(values.getFirst())
        .endsWith(values.getLast())
        .contains(Collections.min(values), Collections.max(values));
    List<Integer> places = kept.stream().map(values::indexOf).toList();
    assertThat(places).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void keepsOneSpikeWhereverItIs() {
    for (int spike = 0; spike < 3_000; spike += 7) {
      List<Double> values = new ArrayList<>(Collections.nCopies(3_000, 0.0));
      values.set(spike, 1.0);
      assertThat(thinned(20, values)).hasSizeLessThanOrEqualTo(20).contains(1.0);
    }
  }

  @Test
  void pointsOfALongSeriesAreSpreadEvenly() {
    List<Double> rising = new ArrayList<>();
    for (int i = 0; i < 64_000; i++) {
      rising.add((double) i);
    }
    List<Double> kept = thinned(400, rising);
    assertThat(kept).hasSizeGreaterThan(100);
    for (int i = 1; i < kept.size(); i++) {
      assertThat(kept.get(i) - kept.get(i - 1)).isBetween(1.0, 64_000 / 50.0);
    }
  }

  @Test
  void refusesLessThanOneBucket() {
    assertThatThrownBy(() -> new SeriesSample<Double>(3, value -> value))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
