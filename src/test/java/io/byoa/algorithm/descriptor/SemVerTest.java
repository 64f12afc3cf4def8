package io.byoa.algorithm.descriptor;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SemVerTest {

  /** Section 11 of the specification, and more, in ascending order. */
  private static final List<String> ASCENDING =
      List.of(
          "0.0.0-0",
          "0.0.0",
          "0.0.1",
          "0.1.0",
          "1.0.0--",
          "1.0.0",
          "1.0.1-0",
          "1.0.1-0.0",
          "1.0.1-9",
          "1.0.1-10",
          "1.0.1-18446744073709551616",
          "1.0.1--1",
          "1.0.1-0a",
          "1.0.1-10a",
          "1.0.1-9a",
          "1.0.1-A",
          "1.0.1-Z",
          "1.0.1-a",
          "1.0.1-a.0",
          "1.0.1-a.b",
          "1.0.1-a-",
          "1.0.1-a-.0",
          "1.0.1-a0",
          "1.0.1-aa",
          "1.0.1-alpha",
          "1.0.1-alpha.1",
          "1.0.1-alpha.beta",
          "1.0.1-beta",
          "1.0.1-beta.2",
          "1.0.1-beta.11",
          "1.0.1-rc.1",
          "1.0.1",
          "1.2.0",
          "1.9.0",
          "1.10.0",
          "2.0.0",
          "10.0.0-rc.1",
          "10.0.0",
          "99999999999999999999.0.0",
          "100000000000000000000.0.0-x",
          "100000000000000000000.0.0");

  @Test
  void ordersByPrecedenceAndSoDoesTheSortKey() {
    List<SemVer> versions = ASCENDING.stream().map(SemVerTest::version).toList();
    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        agree(versions.get(i), versions.get(j), Integer.compare(i, j));
      }
    }
  }

  @Test
  void ordersRandomVersionsAsTheirSortKeys() {
    Random random = new Random(20261121);
    List<SemVer> versions =
        IntStream.range(0, 400).mapToObj(i -> randomVersion(random)).distinct().toList();
    assertThat(versions).hasSizeGreaterThan(200);
    for (SemVer a : versions) {
      for (SemVer b : versions) {
        agree(a, b, Integer.signum(a.compareTo(b)));
        assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
      }
    }
    List<SemVer> sorted = new ArrayList<>(versions);
    // Sorting throws when the order is no order.
    sorted.sort(null);
    assertThat(sorted).isSortedAccordingTo((a, b) -> compareBytes(a.sortKey(), b.sortKey()));
  }

  private static SemVer randomVersion(Random random) {
    int identifiers = random.nextInt(4);
    return new SemVer(
        randomNumber(random),
        randomNumber(random),
        randomNumber(random),
        IntStream.range(0, identifiers).mapToObj(i -> randomIdentifier(random)).toList());
  }

  private static BigInteger randomNumber(Random random) {
    return random.nextInt(8) == 0
        ? new BigInteger(200, random)
        : BigInteger.valueOf(random.nextInt(12));
  }

  private static String randomIdentifier(Random random) {
    if (random.nextBoolean()) {
      return randomNumber(random).toString();
    }
    String alphabet = "-09AZaz";
    String rest =
        random
            .ints(random.nextInt(3), 0, alphabet.length())
            .mapToObj(i -> alphabet.substring(i, i + 1))
            .collect(Collectors.joining());
    return "a-Z".charAt(random.nextInt(3)) + rest;
  }

  private static void agree(SemVer a, SemVer b, int order) {
    assertThat(Integer.signum(a.compareTo(b))).as("%s and %s", a, b).isEqualTo(order);
    assertThat(Integer.signum(compareBytes(a.sortKey(), b.sortKey())))
        .as("keys of %s and %s", a, b)
        .isEqualTo(order);
  }

  private static int compareBytes(String a, String b) {
    assertThat(a).matches("[!-~]+");
    return Arrays.compareUnsigned(a.getBytes(US_ASCII), b.getBytes(US_ASCII));
  }

  @Test
  void readsBackWhatItWrites() {
    for (String text : ASCENDING) {
      assertThat(version(text)).hasToString(text).isEqualTo(version(text));
    }
  }

  @Test
  void tellsReleasesFromPreReleases() {
    assertThat(version("1.0.0").isRelease()).isTrue();
    assertThat(version("1.0.0-0").isRelease()).isFalse();
    assertThat(version("1.2.3").major()).isEqualTo(BigInteger.ONE);
  }

  @Test
  void takesNumbersOfAnySizeUpToTheLengthOfAVersion() {
    String large = "9".repeat(200);
    assertThat(version(large + ".0.0").major()).isEqualTo(new BigInteger(large));
    assertThat(SemVer.parse("9".repeat(252) + ".0.0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1",
        "1.2",
        "1.2.3.4",
        "v1.2.3",
        "1.2.3+build",
        "1.2.3-rc+build",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "1.2.3-",
        "1.2.3-.",
        "1.2.3-a.",
        "1.2.3-.a",
        "1.2.3-a..b",
        "1.2.3-01",
        "-1.2.3",
        "1.-2.3",
        "1.2.3 ",
        " 1.2.3",
        "1.2.3\n",
        "1.2.3-a\n",
        "1.2.3-ä",
        "１.2.3",
        "1.2.3-a_b",
        "latest"
      })
  void refusesWhatIsNoVersion(String text) {
    assertThat(SemVer.parse(text)).isEmpty();
  }

  @Test
  void cannotBeConstructedWrong() {
    assertThatThrownBy(
            () -> new SemVer(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE.negate(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new SemVer(BigInteger.ONE, BigInteger.ONE, BigInteger.ONE, List.of("01")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static SemVer version(String text) {
    return SemVer.parse(text).orElseThrow(() -> new AssertionError(text));
  }
}
