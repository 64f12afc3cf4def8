package io.byoa.algorithm.descriptor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricDefinitionTest {

  @ParameterizedTest
  @CsvSource({
    "loss=0.5, 0.5",
    "epoch 3: loss=1e-3 acc=2, 0.001",
    "loss=-.5, -0.5",
    "loss=+3., 3",
    "loss=7 loss=8, 7"
  })
  void takesTheFirstGroupOfTheFirstMatch(String line, double value) {
    assertThat(metric("loss=(\\S+)").match(line)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "los=1",
        "loss=",
        "loss=nan",
        "loss=NaN",
        "loss=inf",
        "loss=1e999",
        "loss=1d",
        "loss=0x1p3",
        "loss=1_000",
        "loss=１"
      })
  void findsNothingWhereNoFiniteNumberIs(String line) {
    assertThat(metric("loss=(\\S*)").match(line)).isEmpty();
  }

  @Test
  void findsNothingWhereTheGroupTookNoPart() {
    assertThat(metric("a|loss=(.)").match("a")).isEmpty();
  }

  @Test
  void looksAtTheBeginningOfEndlessLines() {
    MetricDefinition metric = metric("loss=(\\d)");
    assertThat(metric.match(" ".repeat(4090) + "loss=1")).hasValue(1);
    assertThat(metric.match(" ".repeat(4091) + "loss=1")).isEmpty();
  }

  private static MetricDefinition metric(String regex) {
    return new MetricDefinition("loss", Pattern.compile(regex), null, "");
  }
}
