package io.byoa.engine.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.engine.Fault;
import io.byoa.engine.Fault.Code;
import io.byoa.engine.Observation.End;
import io.byoa.engine.local.process.Ending.Cause;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class EndingTest {

  private static Ending ending(@Nullable Integer code, Cause cause) {
    return new Ending(code, false, cause, "", "the last lines");
  }

  private static Fault fault(Ending ending) {
    return ((End.Failed) ending.verdict()).fault();
  }

  @Test
  void succeedsOnExitCodeZeroWhateverWasTriedTooLate() {
    assertThat(ending(0, Cause.NONE).verdict()).isEqualTo(new End.Succeeded());
    assertThat(ending(0, Cause.INTERRUPTED).verdict()).isEqualTo(new End.Succeeded());
    assertThat(ending(0, Cause.OVER_MEMORY).verdict()).isEqualTo(new End.Succeeded());
  }

  @Test
  void isStoppedWhateverTheExitCode() {
    assertThat(ending(0, Cause.STOPPED).verdict()).isEqualTo(new End.Stopped());
    assertThat(ending(143, Cause.STOPPED).verdict()).isEqualTo(new End.Stopped());
  }

  @Test
  void startsAgainOnlyWhatAnInterruptionKilled() {
    assertThat(ending(137, Cause.INTERRUPTED).interrupted()).isTrue();
    assertThat(ending(3, Cause.INTERRUPTED).interrupted()).isFalse();
    assertThat(ending(137, Cause.NONE).interrupted()).isFalse();
  }

  @Test
  void tellsExitCodesFromSignals() {
    assertThat(fault(ending(42, Cause.NONE)))
        .isEqualTo(new Fault(Code.PROGRAM_FAILED, "the last lines", 42, null, null));
    assertThat(fault(ending(139, Cause.NONE)).signal()).isEqualTo("SIGSEGV");
    assertThat(fault(ending(139, Cause.NONE)).exitCode()).isNull();
    assertThat(fault(ending(255, Cause.NONE)).exitCode()).isEqualTo(255);
    assertThat(fault(ending(137, Cause.NONE)).hint()).contains("memory");
  }

  @Test
  void prefersTheProgramsOwnWords() {
    assertThat(fault(new Ending(1, false, Cause.NONE, "no rows", "lines")).detail())
        .isEqualTo("no rows");
    assertThat(fault(new Ending(9, false, Cause.NONE, " \n", "")).detail())
        .isEqualTo("The program ended with exit code 9 and said nothing.");
  }

  @Test
  void blamesThePlatformForWhatItLost() {
    assertThat(fault(ending(null, Cause.NONE)).code()).isEqualTo(Code.PLATFORM_ERROR);
    assertThat(fault(new Ending(1, true, Cause.NONE, "", "bwrap: no")).code())
        .isEqualTo(Code.PLATFORM_ERROR);
  }

  @Test
  void namesTheLimitThatWasReached() {
    assertThat(fault(ending(143, Cause.OVER_RUNTIME)).code()).isEqualTo(Code.MAX_RUNTIME_EXCEEDED);
    assertThat(fault(ending(0, Cause.OVER_RUNTIME)).code()).isEqualTo(Code.MAX_RUNTIME_EXCEEDED);
    assertThat(fault(ending(143, Cause.OVER_WAIT)).code()).isEqualTo(Code.MAX_WAIT_EXCEEDED);
    assertThat(fault(ending(137, Cause.OVER_MEMORY)).code()).isEqualTo(Code.OUT_OF_MEMORY);
    assertThat(ending(143, Cause.OVER_RUNTIME).word()).isEqualTo("MaxRuntimeExceeded");
  }
}
