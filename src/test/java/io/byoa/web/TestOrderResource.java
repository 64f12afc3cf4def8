package io.byoa.web;

import io.agroal.api.AgroalDataSource;
import io.byoa.common.Failure;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Orders that are counted in a table of their own. */
@Path("/api/v1/test/orders/{kind}")
@Produces(MediaType.APPLICATION_JSON)
public class TestOrderResource {

  /** Held by a test that wants an order to take its time. */
  static volatile CountDownLatch gate = new CountDownLatch(0);

  /** How many effects have begun, whether or not they were kept. */
  static final AtomicInteger BEGUN = new AtomicInteger();

  private final Idempotency idempotency;
  private final Instance<AgroalDataSource> database;

  TestOrderResource(Idempotency idempotency, Instance<AgroalDataSource> database) {
    this.idempotency = idempotency;
    this.database = database;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Response order(
      @PathParam("kind") String kind, @BeanParam IdempotencyKey key, JsonBody body) {
    return idempotency.once(key, body.digest(), () -> effect(kind));
  }

  private Answer effect(String kind) {
    int number = BEGUN.incrementAndGet();
    try (Connection connection = database.get().getConnection();
        PreparedStatement insert =
            connection.prepareStatement("insert into test_order (kind) values (?)")) {
      insert.setString(1, kind);
      insert.executeUpdate();
      if (!gate.await(30, TimeUnit.SECONDS)) {
        throw new IllegalStateException("The gate stayed closed");
      }
    } catch (SQLException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (kind.equals("failing")) {
      throw new Failure.Conflict("not-now", "It cannot be done.").raise();
    }
    return Answer.accepted(
        URI.create("/api/v1/test/orders/" + number),
        Duration.ofSeconds(2),
        Map.of("number", number));
  }
}
