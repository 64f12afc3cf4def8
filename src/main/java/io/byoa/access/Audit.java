package io.byoa.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.byoa.common.IdSource;
import jakarta.inject.Singleton;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Map;

/** The record of who did what, to which thing, and when; it only grows. */
@Singleton
public class Audit {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final AuditRepository events;
  private final IdSource ids;
  private final InstantSource time;

  Audit(AuditRepository events, IdSource ids, InstantSource time) {
    this.events = events;
    this.ids = ids;
    this.time = time;
  }

  /**
   * Records what the caller does, in the transaction that does it: both are kept, or neither.
   *
   * @param action a noun and what was done to it, such as {@code version.published}, {@code
   *     job.stopped}, {@code token.revoked}
   * @param thing its name as the API's addresses have it, such as {@code iris-tree@1.4.0}
   * @param details what else is worth knowing, as JSON; never a secret
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(Caller caller, String action, String thing, Map<String, ?> details) {
    events.persist(
        new AuditEntity(
            ids.next(),
            caller.team(),
            time.instant(),
            caller.requester(),
            caller.tokenId(),
            action,
            thing,
            json(details)));
  }

  /** The same, with nothing else worth knowing. */
  @Transactional(Transactional.TxType.MANDATORY)
  public void record(Caller caller, String action, String thing) {
    record(caller, action, thing, Map.of());
  }

  private static String json(Map<String, ?> details) {
    try {
      return JSON.writeValueAsString(details);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Details of the audit must be plain JSON values", e);
    }
  }
}
