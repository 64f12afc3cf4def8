package io.byoa.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.LaunchName;
import io.byoa.engine.Observation;
import io.byoa.engine.Observation.End;
import io.byoa.engine.Observation.Phase;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real programs under the strongest sandbox of this machine. */
@SuppressWarnings("NullAway.Init") // JUnit fills the fields before each test
final class LocalEngineTest {

  @TempDir Path data;
  private Workplace place;

  @BeforeEach
  void open() throws Exception {
    place = new Workplace(data, Map.of("grace", "PT2S"));
  }

  @AfterEach
  void close() throws Exception {
    place.close();
  }

  @Test
  void trainsAndKeepsWhatTheProgramLeft() {
    LaunchName name =
        place.launched(
            place
                .shell(
                    """
                    echo "rows: $(wc -l <$SM_CHANNEL_TRAINING/rows.csv) epochs: $SM_HP_EPOCHS $*"
                    echo weights >/opt/ml/model/weights
                    mkdir -p /opt/ml/output/data/plots
                    echo plot >/opt/ml/output/data/plots/loss.svg
                    """)
                .input("training", "rows.csv", "1\n2\n3\n")
                .parameter("epochs", "3")
                .order());
    Observation.Ended ended = place.ended(name);

    assertThat(ended.end()).as(place.log(name)).isEqualTo(new End.Succeeded());
    assertThat(place.log(name)).isEqualTo("rows: 3 epochs: 3 --epochs 3\n");
    assertThat(Workplace.paths(ended.outputs().model())).containsExactly("weights");
    assertThat(Workplace.paths(ended.outputs().data())).containsExactly("plots/loss.svg");
    assertThat(ended.phases())
        .extracting(Phase::name)
        .containsExactly("Starting", "Downloading", "Training", "Uploading");
  }

  @Test
  void tellsExitCodeAndLastWordsOfAFailedProgram() {
    Observation.Ended ended = place.run(place.shell("echo out; echo oh dear >&2; exit 42"));

    assertThat(ended.end())
        .isEqualTo(
            new End.Failed(new Fault(Fault.Code.PROGRAM_FAILED, "out\noh dear", 42, null, null)));
  }

  @Test
  void stopsAProgramThatCleansUp() {
    LaunchName name =
        place.launched(
            place
                .python(
                    """
                    import signal, sys, time
                    def stop(*_):
                        open('/opt/ml/model/partial', 'w').write('half')
                        print('stopping', flush=True)
                        sys.exit(42)
                    signal.signal(signal.SIGTERM, stop)
                    print('running', flush=True)
                    time.sleep(60)
                    """)
                .order());
    place.awaitLog(name, "running\n");
    place.engine.stop(name);
    Observation.Ended ended = place.ended(name);

    assertThat(ended.end()).isEqualTo(new End.Stopped());
    assertThat(ended.attempts())
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.exitCode()).as("is not lost").isEqualTo(42));
    assertThat(place.log(name)).isEqualTo("running\nstopping\n");
    assertThat(ended.outputs().model()).isNotNull();
  }
}
