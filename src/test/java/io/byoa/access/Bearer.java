package io.byoa.access;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.ConfigProvider;

/** Requests with a token, for the tests of every feature. */
public final class Bearer {

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private Bearer() {}

  /** The admin token that the first start has written. */
  public static String adminToken() {
    try {
      Path data = Path.of(ConfigProvider.getConfig().getValue("byoa.data", String.class));
      return Files.readString(data.resolve("admin-token")).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request of the first start's admin. */
  public static RequestSpecification admin() {
    return with(adminToken());
  }

  /** A request with this token. */
  public static RequestSpecification with(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  /** A new token of this role, limited to these algorithms if any are named. */
  public static String token(Role role, String... algorithms) {
    return admin()
        .contentType("application/json")
        .body(
            Map.of(
                "name", "test-" + NUMBER.incrementAndGet() + "-" + System.nanoTime(),
                "role", role.word(),
                "algorithms", List.of(algorithms)))
        .post("/api/v1/tokens")
        .then()
        .statusCode(201)
        .extract()
        .path("token");
  }
}
