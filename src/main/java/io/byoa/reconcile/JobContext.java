package io.byoa.reconcile;

import io.byoa.job.FenceLostException;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Handles one job: its id is on every log line meanwhile, and its trouble stays its own. */
final class JobContext {

  private static final Logger LOG = Logger.getLogger(JobContext.class);

  private JobContext() {}

  /** Runs the work; whatever it throws is logged, and the next look at the job tries again. */
  static void during(String job, Runnable work) {
    Object outer = MDC.get("job");
    MDC.put("job", job);
    try {
      work.run();
    } catch (FenceLostException e) {
      LOG.infof("%s", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Could not move the job; it is tried again", e);
    } finally {
      if (outer == null) {
        MDC.remove("job");
      } else {
        MDC.put("job", outer);
      }
    }
  }
}
