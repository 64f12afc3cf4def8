package io.byoa.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.byoa.common.Sha256;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenTest {

  /** CRC-32 of everything before it, by an independent implementation (Python's zlib). */
  private static final String KNOWN = "byoa_ci_0123456789ABCDEFGHIJKLMNOPQRST0Bcs8d";

  @ParameterizedTest
  @EnumSource
  void readsWhatItHasGenerated(Token.Kind kind) {
    Token token = Token.generate(kind);
    assertThat(token.secret()).matches("byoa_" + kind.word() + "_[0-9A-Za-z]{36}");
    assertThat(Token.parse(token.secret()))
        .hasValueSatisfying(read -> {
          assertThat(read.kind()).isEqualTo(kind);
          assertThat(read.digest()).isEqualTo(Sha256.of(token.secret()));
        });
  }

  @Test
  void agreesWithAnotherImplementationOnTheChecksum() {
    assertThat(Token.parse(KNOWN)).isPresent();
  }

  @Test
  void noticesEverySingleMistypedCharacter() {
    String text = Token.generate(Token.Kind.PAT).secret();
    for (int i = 0; i < text.length(); i++) {
      char other = text.charAt(i) == 'x' ? 'y' : 'x';
      String mistyped = text.substring(0, i) + other + text.substring(i + 1);
      assertThat(Token.parse(mistyped)).as(mistyped).isEmpty();
    }
  }

  @Test
  void noticesTwoSwappedNeighbours() {
    String text = KNOWN;
    for (int i = 8; i + 1 < text.length(); i++) {
      String swapped =
          text.substring(0, i) + text.charAt(i + 1) + text.charAt(i) + text.substring(i + 2);
      assertThat(Token.parse(swapped)).as(swapped).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "byoa_", "byoa_root_", "Bearer x", "byoa_pat_é", "byoa_pat_\n"})
  void refusesOtherShapes(String text) {
    assertThat(Token.parse(text)).isEmpty();
    assertThat(Token.parse(text + "0".repeat(36))).isEmpty();
    assertThat(Token.parse(KNOWN + "\n")).isEmpty();
  }

  @Test
  void refusesTheSameSecretAsAnotherKind() {
    String text = Token.generate(Token.Kind.PAT).secret();
    assertThat(Token.parse(text.replace("byoa_pat_", "byoa_adm_"))).isEmpty();
  }

  @Test
  void neverMakesTheSameTwiceAndUsesTheWholeAlphabet() {
    Set<String> seen = new HashSet<>();
    Set<Character> used = new HashSet<>();
    for (int i = 0; i < 2000; i++) {
      String secret = Token.generate(Token.Kind.PAT).secret();
      assertThat(seen.add(secret)).isTrue();
      secret.substring(9, 39).chars().forEach(c -> used.add((char) c));
    }
    assertThat(used).hasSize(62);
  }

  @Test
  void keepsItsSecretOutOfLogs() {
    Token token = Token.generate(Token.Kind.ADM);
    assertThat("%s".formatted(token)).isEqualTo("byoa_adm_…");
  }
}
