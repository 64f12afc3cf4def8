package io.byoa.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WithDatabase.class)
final class IdempotencyIT {

  /** Three times as many as the pool has connections. */
  private static final int CROWD = 60;

  @Inject AgroalDataSource database;
  @Inject IdempotencyPurge purge;
  @Inject Twins twins;

  @BeforeEach
  void empty() throws SQLException {
    sql("create table if not exists test_order (kind text)");
    sql("truncate test_order, idempotency");
    TestOrderResource.BEGUN.set(0);
  }

  @AfterEach
  void open() {
    TestOrderResource.gate.countDown();
  }

  @Test
  void withoutAKeyEveryRequestCounts() throws SQLException {
    order("tea", null, "{}").then().statusCode(202).header("Idempotency-Replayed", nullValue());
    order("tea", null, "{}").then().statusCode(202);
    assertThat(count("test_order")).isEqualTo(2);
    assertThat(count("idempotency")).isZero();
  }

  @Test
  void givesTheFirstAnswerAgain() throws SQLException {
    Response first = order("tea", "k", "{\"a\":1}");
    Response again = order("tea", "k", "{\"a\":1}");
    first.then().statusCode(202).header("Idempotency-Replayed", nullValue());
    again
        .then()
        .statusCode(202)
        .header("Idempotency-Replayed", "true")
        .header("Location", first.header("Location"))
        .header("Retry-After", "2")
        .header("Content-Type", first.header("Content-Type"));
    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(count("test_order")).isEqualTo(1);
  }

  @Test
  void aKeyBelongsToItsRoute() throws SQLException {
    order("tea", "k", "{}").then().statusCode(202);
    order("coffee", "k", "{}").then().statusCode(202).header("Idempotency-Replayed", nullValue());
    assertThat(count("test_order")).isEqualTo(2);
  }

  @Test
  void refusesTheKeyWithAnotherBody() throws SQLException {
    order("tea", "k", "{}").then().statusCode(202);
    order("tea", "k", "{\"a\":1}")
        .then()
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
    assertThat(count("test_order")).isEqualTo(1);
  }

  @Test
  void keepsNoFailureAndNothingOfItsEffect() throws SQLException {
    order("failing", "k", "{}").then().statusCode(409).body("code", equalTo("not-now"));
    order("failing", "k", "{}").then().statusCode(409);
    assertThat(TestOrderResource.BEGUN).hasValue(2);
    assertThat(count("test_order")).isZero();
    assertThat(count("idempotency")).isZero();
  }

  @Test
  void concurrentTwinsHaveOneEffectAndIdenticalAnswers() throws Exception {
    TestOrderResource.gate = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Response>> answers = new ArrayList<>();
      for (int i = 0; i < CROWD; i++) {
        answers.add(clients.submit(() -> order("tea", "k", "{}")));
      }
      await().until(() -> twins.size() == CROWD);
      assertThat(waiting()).as("twins that hold a connection while they wait").isZero();
      TestOrderResource.gate.countDown();
      assertThat(
              answers.stream()
                  .map(IdempotencyIT::join)
                  .collect(
                      Collectors.groupingBy(answer ->
                          answer.statusCode() + answer.asString() + answer.header("Location"))))
          .hasSize(1);
      assertThat(
              answers.stream()
                  .map(IdempotencyIT::join)
                  .filter(answer -> "true".equals(answer.header("Idempotency-Replayed"))))
          .hasSize(CROWD - 1);
    }
    assertThat(TestOrderResource.BEGUN).hasValue(1);
    assertThat(count("test_order")).isEqualTo(1);
  }

  @Test
  void aTwinThatHasWaitedTenSecondsIsToldToComeBack() throws Exception {
    TestOrderResource.gate = new CountDownLatch(1);
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Response> first = clients.submit(() -> order("tea", "k", "{}"));
      await().until(() -> TestOrderResource.BEGUN.get() == 1);
      long began = System.nanoTime();
      order("tea", "k", "{}")
          .then()
          .statusCode(409)
          .body("code", equalTo("request-in-progress"))
          .header("Retry-After", "2");
      assertThat((System.nanoTime() - began) / 1e9).isBetween(9.0, 14.0);
      TestOrderResource.gate.countDown();
      join(first).then().statusCode(202);
    }
    order("tea", "k", "{}").then().statusCode(202).header("Idempotency-Replayed", "true");
  }

  @Test
  void forgetsAfterADayEvenBeforeItIsPurged() throws SQLException {
    order("tea", "k", "{}").then().statusCode(202);
    sql("update idempotency set created_at = now() - interval '24 hours 1 second'");
    order("tea", "k", "{\"a\":1}")
        .then()
        .statusCode(202)
        .header("Idempotency-Replayed", nullValue());
    assertThat(count("test_order")).isEqualTo(2);
  }

  @Test
  void purgesWhatIsOlderThanADayOnly() throws SQLException {
    order("tea", "old", "{}").then().statusCode(202);
    sql("update idempotency set created_at = now() - interval '24 hours 1 second'");
    order("tea", "new", "{}").then().statusCode(202);
    assertThat(purge.runOnce()).isEqualTo(1);
    assertThat(count("idempotency")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "ä"})
  void refusesAKeyThatIsNone(String key) {
    order("tea", key, "{}").then().statusCode(400).body("code", equalTo("idempotency-key-invalid"));
  }

  @Test
  void refusesAnOverlongKeyAndTakesTheLongest() {
    order("tea", "k".repeat(256), "{}").then().statusCode(400);
    order("tea", "k".repeat(255), "{}").then().statusCode(202);
  }

  private static Response order(
      String kind, @org.jspecify.annotations.Nullable String key, String body) {
    var request = given().contentType(ContentType.JSON).body(body);
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    return request.post("/api/v1/test/orders/" + kind);
  }

  private static Response join(Future<Response> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private long waiting() throws SQLException {
    return number("select count(*) from pg_stat_activity where wait_event_type = 'Lock'");
  }

  private long count(String table) throws SQLException {
    return number("select count(*) from " + table);
  }

  private long number(String query) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  private void sql(String text) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void refusesAnEmptyKeyToo(String key) throws SQLException {
    order("tea", key, "{}").then().statusCode(400).body("code", equalTo("idempotency-key-invalid"));
    assertThat(count("test_order")).isZero();
  }
}
