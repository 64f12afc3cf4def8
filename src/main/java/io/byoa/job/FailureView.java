package io.byoa.job;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.byoa.engine.Fault;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why a job did not complete, as clients see it.
 *
 * @param code one of {@link Fault.Code}, kebab-case; clients must expect new ones
 * @param fault who has to act: {@code algorithm}, {@code input}, {@code platform}, {@code provider}
 *     or {@code requester}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailureView(
    String code,
    String fault,
    String detail,
    @Nullable Integer exitCode,
    @Nullable String signal,
    @Nullable String hint) {

  /** The failure in these words. */
  public static FailureView of(Fault fault) {
    return new FailureView(
        code(fault.code()),
        fault.code().party().name().toLowerCase(Locale.ROOT),
        fault.detail(),
        fault.exitCode(),
        fault.signal(),
        fault.hint());
  }

  /** The word for a code, here and wherever failures are counted. */
  public static String code(Fault.Code code) {
    return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
