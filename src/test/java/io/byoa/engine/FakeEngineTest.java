package io.byoa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.byoa.engine.FakeEngine.Trouble;
import io.byoa.engine.Observation.End;
import io.byoa.store.InMemoryObjectStore;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FakeEngineTest extends TrainingEngineContract {

  private final Map<LaunchName, Behaviour> behaviours = new HashMap<>();
  private final FakeEngine engine =
      new FakeEngine("fake", InstantSource.system())
          .whenLaunched(this::behave)
          .whenInterrupted(this::behave)
          .whenStopped(job -> job.end(new End.Stopped()));

  private void behave(FakeEngine.Job job) {
    job.train().print("hello\n");
    switch (behaviours.getOrDefault(job.order().name(), Behaviour.WAITS)) {
      case SUCCEEDS -> job.end(new End.Succeeded());
      case FAILS ->
          job.end(new End.Failed(new Fault(Fault.Code.PROGRAM_FAILED, "failed", 3, null, null)));
      case WAITS -> {}
    }
  }

  @Override
  protected TrainingEngine engine() {
    return engine;
  }

  @Override
  protected TrainingOrder order(Behaviour behaviour) {
    TrainingOrder order =
        Orders.script(new InMemoryObjectStore(InstantSource.system()), "run.sh", "").order();
    behaviours.put(order.name(), behaviour);
    return order;
  }

  @Override
  protected boolean interrupts() {
    return true;
  }

  @Override
  protected void restart() {
    // The fake stands for a place elsewhere, which does not notice.
  }

  @Test
  void losesAnAnswerButNotItsEffect() {
    TrainingOrder order = order(Behaviour.WAITS);
    engine.trouble(Trouble.REQUEST_LOST, Trouble.ANSWER_LOST);

    assertThatThrownBy(() -> engine.launch(order)).isInstanceOf(EngineUnavailableException.class);
    assertThat(engine.launches()).isEmpty();
    assertThatThrownBy(() -> engine.launch(order)).isInstanceOf(EngineUnavailableException.class);
    assertThat(engine.launches()).containsExactly(order);
  }
}
