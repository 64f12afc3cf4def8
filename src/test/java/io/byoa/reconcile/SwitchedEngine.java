package io.byoa.reconcile;

import io.byoa.common.Failure;
import io.byoa.engine.LaunchAnswer;
import io.byoa.engine.LaunchName;
import io.byoa.engine.LaunchNeeds;
import io.byoa.engine.LogSlice;
import io.byoa.engine.Observation;
import io.byoa.engine.TrainingEngine;
import io.byoa.engine.TrainingOrder;
import java.util.Optional;
import java.util.function.Supplier;

/** An engine of the application whose inside a test can change; a place to die around each call. */
final class SwitchedEngine implements TrainingEngine {

  private final String name;
  private volatile TrainingEngine inside;
  private volatile Runnable beforeTheAnswer = () -> {};

  SwitchedEngine(TrainingEngine inside) {
    this.name = inside.name();
    this.inside = inside;
  }

  void become(TrainingEngine other) {
    inside = other;
    beforeTheAnswer = () -> {};
  }

  /** What happens once, when the next launch has had its effect and nobody knows yet. */
  void beforeTheNextAnswer(Runnable event) {
    beforeTheAnswer = event;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean boundToThisMachine() {
    return inside.boundToThisMachine();
  }

  @Override
  public Optional<Failure> refuses(LaunchNeeds needs) {
    return inside.refuses(needs);
  }

  @Override
  public LaunchAnswer launch(TrainingOrder order) {
    LaunchAnswer answer = around("launch", () -> inside.launch(order));
    Runnable event = beforeTheAnswer;
    beforeTheAnswer = () -> {};
    event.run();
    return answer;
  }

  @Override
  public Observation observe(LaunchName launch) {
    return around("observe", () -> inside.observe(launch));
  }

  @Override
  public void stop(LaunchName launch) {
    around(
        "stop",
        () -> {
          inside.stop(launch);
          return true;
        });
  }

  @Override
  public boolean interrupt(LaunchName launch) {
    return inside.interrupt(launch);
  }

  @Override
  public LogSlice readLog(LaunchName launch, long offset, int limit) {
    return around("readLog", () -> inside.readLog(launch, offset, limit));
  }

  @Override
  public void discard(LaunchName launch, boolean last) {
    around(
        "discard",
        () -> {
          inside.discard(launch, last);
          return true;
        });
  }

  private static <T> T around(String call, Supplier<T> work) {
    Halts.pass("before " + call);
    T answer = work.get();
    Halts.pass("after " + call);
    return answer;
  }
}
