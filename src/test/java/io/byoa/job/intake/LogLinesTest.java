package io.byoa.job.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Where lines begin and end. */
final class LogLinesTest {

  private static final String PIECE =
      "one\n\r\n" + "x".repeat(LogLines.LONGEST) + "two\r\n" + "\n" + "unfinished";

  @Test
  void anUnfinishedLineStaysForTheNextPiece() {
    LogLines cut = LogLines.cut(PIECE.getBytes(UTF_8), false);
    assertThat(cut.lines()).containsExactly("one", "", "x".repeat(LogLines.LONGEST), "two", "");
    assertThat(new String(cut.bytes(), UTF_8) + "unfinished").isEqualTo(PIECE);
    assertThat(LogLines.cut(PIECE.getBytes(UTF_8), true).lines()).endsWith("unfinished");
  }

  @Test
  void linesCutAgainFromAnyLineOnAreTheSame() {
    LogLines all = LogLines.cut(PIECE.getBytes(UTF_8), true);
    List<String> oneByOne = new ArrayList<>();
    int start = 0;
    while (start < all.bytes().length) {
      int end = LogLines.end(all.bytes(), start);
      int after = end < 0 ? all.bytes().length : end;
      oneByOne.add(LogLines.text(all.bytes(), start, after));
      start = after;
    }
    assertThat(oneByOne).isEqualTo(all.lines());
  }

  @Test
  void theFirstLinesHaveTheirBytes() {
    LogLines all = LogLines.cut(PIECE.getBytes(UTF_8), true);
    LogLines first = all.first(2);
    assertThat(first.lines()).containsExactly("one", "");
    assertThat(new String(first.bytes(), UTF_8)).isEqualTo("one\n\r\n");
    assertThat(all.first(all.lines().size())).isSameAs(all);
  }
}
