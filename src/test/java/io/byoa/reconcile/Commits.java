package io.byoa.reconcile;

import jakarta.interceptor.InvocationContext;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The transactions of the loop that write. */
final class Commits {

  private static final Set<String> WRITES =
      Set.of(
          "happened",
          "take",
          "again",
          "setAside",
          "begin",
          "renew",
          "wakeWaiting",
          "postponeWaiting");

  private Commits() {}

  /** Whether dying around this call is of interest: it is the loop's, and has written. */
  static boolean counts(InvocationContext call, @Nullable Object result) {
    return WRITES.contains(call.getMethod().getName())
        && call.getMethod().getDeclaringClass().getPackageName().equals("io.byoa.job")
        && !Integer.valueOf(0).equals(result);
  }

  static String name(InvocationContext call) {
    return call.getMethod().getDeclaringClass().getSimpleName() + "." + call.getMethod().getName();
  }
}
