package io.byoa.common;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that somebody who mistyped probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The closest candidate within a third of the name's length (at least one edit), compared without
   * case; empty when none is that close. An edit is an insertion, a deletion, a substitution or two
   * swapped neighbours.
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    int tolerance = Math.max(1, Math.min(name.length(), 60) / 3);
    String wanted = name.toLowerCase(Locale.ROOT);
    if (wanted.length() > 200) {
      return Optional.empty();
    }
    return candidates.stream()
        .filter(candidate -> Math.abs(candidate.length() - wanted.length()) <= tolerance)
        .map(
            candidate -> new Match(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .filter(match -> match.distance <= tolerance)
        .min(Comparator.comparingInt(Match::distance).thenComparing(Match::candidate))
        .map(Match::candidate);
  }

  /** {@code ", did you mean 'x'?"} or nothing, to end a sentence about an unknown name. */
  public static String hint(String name, Collection<String> candidates) {
    return to(name, candidates).map(known -> ", did you mean '" + known + "'?").orElse("");
  }

  /** The same to end a sentence in any case: the hint with its question mark, or a full stop. */
  public static String endOfSentence(String name, Collection<String> candidates) {
    String hint = hint(name, candidates);
    return hint.isEmpty() ? "." : hint;
  }

  private record Match(String candidate, int distance) {}

  private static int distance(String a, String b) {
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return last[b.length()];
  }
}
