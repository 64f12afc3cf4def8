package io.byoa.dataset;

import io.byoa.access.Bearer;
import io.byoa.access.Role;
import io.byoa.common.Sha256;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** Requests about datasets, of somebody who may upload them. */
abstract class DatasetRequests {

  static final String DATASETS = "/api/v1/datasets";
  static final Map<String, String> FILES =
      Map.of("train/a.csv", "1,2\n", "test.csv", "3,4\n", "train/é b;c#d%.csv", "5,6\n");

  private static @Nullable String token;

  @BeforeEach
  void takeAToken() {
    token = token == null ? Bearer.token(Role.LAUNCHER) : token;
  }

  static RequestSpecification asLauncher() {
    return Bearer.with(Objects.requireNonNull(token)).urlEncodingEnabled(false);
  }

  static ValidatableResponse upload(String name, String type, byte[] body) {
    return asLauncher()
        .contentType(type)
        .body(body)
        .post(DATASETS + "?name=" + name)
        .then()
        .log()
        .ifValidationFails();
  }

  static ValidatableResponse uploadText(String name, String content) {
    return upload(name, "text/csv", content.getBytes(StandardCharsets.UTF_8));
  }

  static Manifest manifest(Map<String, String> files) {
    return new Manifest(
        new TreeMap<>(files)
            .entrySet().stream()
                .map(file ->
                    new Manifest.Entry(
                        file.getKey(),
                        file.getValue().getBytes(StandardCharsets.UTF_8).length,
                        Sha256.of(file.getValue())))
                .toList());
  }
}
