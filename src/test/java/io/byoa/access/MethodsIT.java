package io.byoa.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The methods that nobody thinks of: HEAD, OPTIONS, and those that a route does not take. */
@QuarkusTest
@Timeout(60)
final class MethodsIT {

  private static @Nullable Planted planted;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI server;

  @BeforeEach
  void plant() {
    if (planted == null) {
      planted = Planted.plant("methodical");
    }
  }

  /** Address to the methods it takes. */
  private static Map<String, Set<String>> addresses() {
    Map<String, Set<String>> addresses = new TreeMap<>();
    for (Routes.Route route : Routes.all()) {
      String address = route.path().replaceAll(":[^}]*}", "}");
      for (var parameter : Objects.requireNonNull(planted).parameters(route).entrySet()) {
        address = address.replace("{" + parameter.getKey() + "}", parameter.getValue());
      }
      if (!address.contains("/test/")) {
        Set<String> methods = addresses.computeIfAbsent(address, a -> new TreeSet<>());
        methods.add(route.method());
        if (route.method().equals("GET")) {
          methods.add("HEAD");
        }
      }
    }
    return addresses;
  }

  private static Set<String> allowed(Response answer) {
    String allow = answer.header("Allow");
    assertThat(allow).isNotNull();
    return new TreeSet<>(Arrays.asList(allow.split(",\\s*")));
  }

  @Test
  void aMethodThatARouteDoesNotTakeIsAnsweredWithThoseItTakes() {
    addresses()
        .forEach((address, methods) -> {
          for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
            if (!methods.contains(method)) {
              Response answer = Bearer.admin().urlEncodingEnabled(false).request(method, address);
              assertThat(answer.statusCode()).as("%s %s", method, address).isEqualTo(405);
              assertThat(answer.<String>path("code")).isEqualTo("method-not-allowed");
              assertThat(allowed(answer)).as("%s %s", method, address).isEqualTo(methods);
            }
          }
        });
  }

  @Test
  void optionsNamesTheMethodsAndGrantsNothing() {
    addresses()
        .forEach((address, methods) -> {
          Response answer = Bearer.admin().urlEncodingEnabled(false).options(address);
          assertThat(answer.statusCode()).as(address).isIn(200, 204, 405);
          assertThat(allowed(answer)).as(address).containsAll(methods);
          assertThat(answer.asString()).doesNotContain("application/vnd.sun.wadl");
        });
    given().options("/api/v1/jobs").then().statusCode(401);
  }

  @Test
  void headIsGetWithoutTheBody() {
    for (String address : addresses().keySet()) {
      if (!addresses().getOrDefault(address, Set.of()).contains("GET")
          || address.endsWith("/events")
          || address.endsWith("/diff")) {
        continue;
      }
      Response get = Bearer.admin().urlEncodingEnabled(false).get(address);
      Response head = Bearer.admin().urlEncodingEnabled(false).head(address);
      assertThat(head.statusCode()).as(address).isEqualTo(get.statusCode());
      assertThat(head.asByteArray()).as(address).isEmpty();
      for (String header : List.of("ETag", "Content-Disposition", "Content-Location")) {
        assertThat(head.header(header)).as(address + " " + header).isEqualTo(get.header(header));
      }
    }
  }

  /** A HEAD that answered as GET does would never end here. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/events",
        "/api/v1/jobs/{job}/events",
        "/api/v1/jobs/{job}/logs?follow=true"
      })
  void headOfAStreamEnds(String path) throws IOException {
    String target = path.replace("{job}", Objects.requireNonNull(planted).job());
    String answer =
        RawHttp.send(
            server.getPort(),
            "HEAD " + target + " HTTP/1.1",
            "Host: localhost",
            "Authorization: Bearer " + Bearer.adminToken());
    assertThat(answer).startsWith("HTTP/1.1 200");
    assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://localhost:{port}", ""})
  void noPageOfAnotherOriginIsEverLetIn(String origin) {
    String from = origin.replace("{port}", Integer.toString(server.getPort()));
    var preflight = given();
    if (!from.isEmpty()) {
      preflight.header("Origin", from);
    }
    Response answer =
        preflight
            .header("Access-Control-Request-Method", "DELETE")
            .header("Access-Control-Request-Headers", "authorization")
            .options("/api/v1/jobs");
    assertThat(answer.statusCode()).isIn(401, 403);
    assertThat(answer.headers().asList())
        .noneMatch(header ->
            header.getName().toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
    Response mine =
        Bearer.admin()
            .header("Host", "localhost:" + server.getPort())
            .header("Origin", "http://localhost:" + server.getPort())
            .get("/api/v1/jobs");
    assertThat(mine.statusCode()).isEqualTo(200);
    assertThat(mine.headers().asList())
        .noneMatch(header ->
            header.getName().toLowerCase(java.util.Locale.ROOT).startsWith("access-control"));
  }

  @Test
  void whatTheClientCannotReadIsNotAcceptable() {
    Bearer.admin()
        .accept("image/png")
        .get("/api/v1/jobs")
        .then()
        .statusCode(406)
        .contentType("application/problem+json")
        .body("code", equalTo("not-acceptable"))
        .body("detail", containsString("Accept"));
  }
}
