package io.byoa.reconcile;

import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import org.jspecify.annotations.Nullable;

/** Dies when all is written and nothing is committed. */
@Interceptor
@Transactional
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 300)
class HaltBeforeCommit {

  @AroundInvoke
  @Nullable Object around(InvocationContext call) throws Exception {
    Object result = call.proceed();
    if (Commits.counts(call, result)) {
      Halts.pass("before the commit of " + Commits.name(call));
    }
    return result;
  }
}
