package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.store.ObjectStore;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attack A6 on every parameter of every route that the router knows, each time with all other
 * parameters right. The requests are written by hand, since clients would tidy the paths up.
 */
@QuarkusTest
final class TraversalIT {

  private static final Pattern PARAMETER = Pattern.compile("\\{([a-z]+)(?::[^}]*)?}");
  private static @Nullable Planted planted;

  @Inject ObjectStore store;

  @SuppressWarnings("NullAway.Init") // filled by Quarkus
  @TestHTTPResource("/")
  URI server;

  @BeforeEach
  void plant() {
    if (planted == null) {
      planted = Planted.plant("traversed");
    }
  }

  @ParameterizedTest
  @DisplayName("A6: traversal in every path parameter, in every encoding")
  @ValueSource(
      strings = {
        "..",
        "../../../../../../etc/passwd",
        "%2e%2e",
        "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%2f..%2f..%2fetc%2fpasswd",
        "..%5c..%5c..%5cetc%5cpasswd",
        "..%252f..%252f..%252fetc%252fpasswd",
        "....//....//etc/passwd",
        "..;/..;/etc/passwd",
        "..%c0%af..%c0%afetc%c0%afpasswd",
        "%c0%ae%c0%ae%c0%afetc%c0%afpasswd",
        "%ef%bc%8e%ef%bc%8e%ef%bc%8fetc",
        "%2fetc%2fpasswd",
        "/etc/passwd",
        "C:%5cWindows%5cwin.ini",
        "file:%2f%2f%2fetc%2fpasswd",
        "file:///etc/passwd",
        "%00",
        "train.sh%00.txt",
        "%0d%0aX-Injected:%20yes",
        "%u002e%u002e%u2215etc",
        "%27%20or%20%271%27=%271",
        "$%7bjndi:ldap:%2f%2f127.0.0.1%2fx%7d",
        "~root"
      })
  void leadsNowhere(String attack) throws IOException {
    long objects = objects();
    int sent = 0;
    for (Routes.Route route : Routes.all()) {
      for (String target : targets(route, attack)) {
        String answer = send(route.method(), target);
        String what = route.method() + " " + target + "\n" + answer;
        assertThat(answer).as(what).startsWith("HTTP/1.1 4");
        assertThat(answer.substring(9, 12))
            .as(what)
            .isIn("400", "404", "405", "409", "415", "422", "428");
        assertThat(answer).as(what).doesNotContain("root:x:", "X-Injected: yes", "\tat ");
        sent++;
      }
    }
    assertThat(sent).isGreaterThan(40);
    assertThat(objects()).isEqualTo(objects);
  }

  private long objects() {
    try (Stream<?> all = store.list("")) {
      return all.count();
    }
  }

  /** The route's address with the attack in the place of one parameter after the other. */
  private static List<String> targets(Routes.Route route, String attack) {
    Planted real = java.util.Objects.requireNonNull(planted);
    Map<String, String> right = real.parameters(route);
    List<String> names = new ArrayList<>();
    Matcher parameters = PARAMETER.matcher(route.path());
    while (parameters.find()) {
      names.add(parameters.group(1));
    }
    List<String> targets = new ArrayList<>();
    for (String attacked : names) {
      if (!route.path().startsWith("/api/v1/test/")) {
        targets.add(
            PARAMETER
                .matcher(route.path())
                .replaceAll(found ->
                    Matcher.quoteReplacement(
                        found.group(1).equals(attacked)
                            ? attack
                            : right.getOrDefault(found.group(1), "x"))));
      }
    }
    return targets;
  }

  private String send(String method, String target) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(method + " " + target + " HTTP/1.1");
    lines.add("Host: localhost");
    lines.add("Authorization: Bearer " + Bearer.adminToken());
    lines.add("If-Match: *");
    if (!method.equals("GET")) {
      lines.add("Content-Type: application/json");
      lines.add("Content-Length: 0");
    }
    return RawHttp.send(server.getPort(), lines.toArray(String[]::new));
  }
}
