package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HostPolicyTest {

  private static final HostPolicy POLICY =
      HostPolicy.parse(
          List.of("byoa.example.org", " *.wild.example.org", "ported.example.org:8443", ""));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:8080",
        "localhost.",
        "localhost:1",
        "127.0.0.1",
        "127.0.0.1:8080",
        "127.9.8.7",
        "[::1]:8080",
        "[0:0:0:0:0:0:0:1]",
        "byoa.example.org",
        "BYOA.example.ORG:443",
        "a.wild.example.org",
        "a.b.wild.example.org:1",
        "ported.example.org:8443",
        "10.1.2.3:9000"
      })
  void answersForThisMachineAndForWhatIsAllowed(String host) {
    assertThat(answers(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.localhost",
        "128.0.0.1",
        "10.1.2.4",
        "0.0.0.0",
        "[::]",
        "[::2]",
        "x.byoa.example.org",
        "notbyoa.example.org",
        "wild.example.org",
        "evilwild.example.org",
        "ported.example.org",
        "ported.example.org:8080",
        "2130706433",
        "0177.0.0.1.",
        "0x7f.1"
      })
  void answersForNothingElse(String host) {
    assertThat(answers(host)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "localhost:",
        "localhost:99999",
        "localhost:-1",
        "localhost@evil",
        "user@localhost",
        "localhost/",
        "localhost,evil",
        "localhost evil",
        "local\thost",
        "::1",
        "[::1",
        "..",
        "a..b",
        "localhost..",
        "l\u043ecalhost"
      })
  void readsNoMalformedHost(String text) {
    assertThat(Authority.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "*.", "http://a.example", "a.example/", "a b", "*.*.example", "a:b"})
  void stopsTheStartForASettingThatIsNoHost(String entry) {
    assertThatThrownBy(() -> HostPolicy.parse(List.of(entry)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("BYOA_ALLOWED_HOSTS")
        .hasMessageContaining("'" + entry + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8080, localhost:8080",
    "http://LOCALHOST:8080, localhost:8080",
    "http://byoa.example.org, byoa.example.org",
    "https://byoa.example.org, byoa.example.org",
    "https://byoa.example.org, byoa.example.org:443",
    "http://byoa.example.org, byoa.example.org:80",
    "http://[::1]:8080, [::1]:8080"
  })
  void knowsItsOwnPages(String origin, String host) {
    assertThat(BrowserOrigin.isOwn(origin, Authority.parse(host).orElseThrow())).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "null, localhost:8080",
    "'', localhost:8080",
    "http://localhost:3000, localhost:8080",
    "http://localhost, localhost:8080",
    "http://127.0.0.1:8080, localhost:8080",
    "http://evil.example, byoa.example.org",
    "http://byoa.example.org.evil.example, byoa.example.org",
    "http://byoa.example.org@evil.example, byoa.example.org",
    "http://byoa.example.org, byoa.example.org:443",
    "https://byoa.example.org:8443, byoa.example.org",
    "ftp://byoa.example.org, byoa.example.org",
    "file://, localhost:8080",
    "chrome-extension://abc, localhost:8080"
  })
  void takesEveryOtherPageForForeign(String origin, String host) {
    assertThat(BrowserOrigin.isOwn(origin, Authority.parse(host).orElseThrow())).isFalse();
  }

  @Test
  void answersForNoAddressWhenTheConnectionsOwnIsUnknown() {
    assertThat(POLICY.answersFor(new Authority("10.1.2.3", -1), null)).isFalse();
    assertThat(POLICY.answersFor(new Authority("evil.example", -1), "evil.example")).isFalse();
    assertThat(POLICY.answersFor(new Authority("[fe80::1]", -1), "fe80::1%eth0")).isTrue();
  }

  private static boolean answers(String host) {
    return POLICY.answersFor(Authority.parse(host).orElseThrow(), "10.1.2.3");
  }
}
