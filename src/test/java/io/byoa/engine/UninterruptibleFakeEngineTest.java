package io.byoa.engine;

/** The contract for an engine that cannot interrupt programs. */
final class UninterruptibleFakeEngineTest extends FakeEngineTest {

  @Override
  protected TrainingEngine engine() {
    return ((FakeEngine) super.engine()).withoutInterruptions();
  }

  @Override
  protected boolean interrupts() {
    return false;
  }
}
