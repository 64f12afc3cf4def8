package io.byoa.algorithm;

import static io.byoa.testing.Code.ALGORITHMS;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.byoa.access.Bearer;
import io.byoa.testing.Code;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A push under an Idempotency-Key happens once. */
@QuarkusTest
final class KeyedPublishIT {

  @Test
  void aRepeatedPushUnderOneKeyIsAnsweredOnce() {
    Code code = Code.of("keyed", "1.0.0");
    String first = keyed("key-1", code.zip()).statusCode(201).extract().asString();
    // The same content, however it was archived.
    keyed("key-1", code.tarGz())
        .statusCode(201)
        .header("Idempotency-Replayed", "true")
        .header("Location", code.path())
        .body(equalTo(first));
    keyed("key-2", code.zip()).statusCode(200).header("Idempotency-Replayed", nullValue());
    keyed("key-1", Code.of("keyed", "1.0.1").zip())
        .statusCode(422)
        .body("code", equalTo("idempotency-key-reused"));
    keyed("", code.zip()).statusCode(400).body("code", equalTo("idempotency-key-invalid"));
    Bearer.admin().get(ALGORITHMS + "keyed/versions").then().body("items.size()", equalTo(1));
  }

  private static ValidatableResponse keyed(String key, byte[] archive) {
    return Bearer.admin()
        .contentType("application/octet-stream")
        .header("Idempotency-Key", key)
        .body(archive)
        .post("/api/v1/algorithms")
        .then();
  }

  @Test
  void aFormUnderOneKeyIsAnsweredOnce() {
    for (String replayed : new String[] {null, "true"}) {
      Bearer.admin()
          .header("Idempotency-Key", "form-key")
          .multiPart("archive", "code.zip", Code.zip(Map.of("train.py", "print(1)\n")))
          .multiPart("name", "form-keyed")
          .multiPart("version", "1.0.0")
          .post("/api/v1/algorithms")
          .then()
          .statusCode(201)
          .header("Idempotency-Replayed", replayed == null ? nullValue() : equalTo(replayed));
    }
  }
}
