package io.ghostworks.server.prometheus;

/** How alike two texts are, to the bit as Prometheus computes it (util/strutil). */
final class SearchScores {

  /** Keeps what is not the same text below 1. */
  private static final double NOT_EXACT = 0.999;

  private static final double PREFIX_WEIGHT = 0.1;
  private static final int PREFIX_MAX = 4;

  private SearchScores() {}

  /**
   * 0 unless all code points of a pattern stand in a text in their order; else the squares of the
   * lengths of the runs in which they stand, less what stands between and after them.
   */
  static double subsequence(String pattern, String text) {
    if (pattern.equals(text)) {
      return 1;
    }
    int[] wanted = pattern.codePoints().toArray();
    int[] given = text.codePoints().toArray();
    double best = -1;
    for (int start = 0; start <= given.length - wanted.length; start++) {
      if (given[start] != wanted[0]) {
        continue;
      }
      double score = subsequenceFrom(wanted, given, start);
      if (Double.isNaN(score)) {
        break; // what cannot be completed from here cannot be from further on
      }
      best = Math.max(best, score);
    }
    return best < 0 ? 0 : best / ((double) wanted.length * wanted.length) * NOT_EXACT;
  }

  /** NaN if the pattern cannot be completed. */
  private static double subsequenceFrom(int[] wanted, int[] given, int start) {
    double perGap = 1.0 / given.length;
    double score = 0;
    int at = start;
    int found = 0;
    int runEnd = -1;
    while (found < wanted.length && at < given.length) {
      if (given[at] != wanted[found]) {
        at++;
        continue;
      }
      int from = at;
      while (found < wanted.length && at < given.length && given[at] == wanted[found]) {
        found++;
        at++;
      }
      int gap = from - runEnd - 1;
      if (gap > 0) {
        score -= gap * perGap;
      }
      runEnd = at - 1;
      double run = runEnd - from + 1;
      score += run * run;
    }
    if (found < wanted.length) {
      return Double.NaN;
    }
    int after = given.length - 1 - runEnd;
    return after > 0 ? score - after * perGap * 0.5 : score;
  }

  /** The similarity of Jaro and Winkler, in [0, 1]. */
  static double jaroWinkler(String one, String other) {
    if (one.equals(other)) {
      return 1;
    }
    int[] first = one.codePoints().toArray();
    int[] second = other.codePoints().toArray();
    return first.length <= second.length ? similarity(first, second) : similarity(second, first);
  }

  private static double similarity(int[] shorter, int[] longer) {
    if (shorter.length == 0) {
      return 0;
    }
    boolean[] shortMatched = new boolean[shorter.length];
    boolean[] longMatched = new boolean[longer.length];
    int distance = Math.max(longer.length / 2 - 1, 0);
    double matches = 0;
    for (int i = 0; i < shorter.length; i++) {
      int end = Math.min(i + distance + 1, longer.length);
      for (int j = Math.max(i - distance, 0); j < end; j++) {
        if (!longMatched[j] && shorter[i] == longer[j]) {
          shortMatched[i] = true;
          longMatched[j] = true;
          matches++;
          break;
        }
      }
    }
    if (matches == 0) {
      return 0;
    }
    double transposed = transposed(shorter, longer, shortMatched, longMatched);
    double jaro =
        (matches * (1.0 / shorter.length)
                + matches * (1.0 / longer.length)
                + (matches - transposed * 0.5) / matches)
            / 3.0;
    int prefix = 0;
    while (prefix < Math.min(PREFIX_MAX, shorter.length) && shorter[prefix] == longer[prefix]) {
      prefix++;
    }
    return jaro + prefix * PREFIX_WEIGHT * (1.0 - jaro);
  }

  /** How many matches stand in another order. */
  private static int transposed(
      int[] shorter, int[] longer, boolean[] shortMatched, boolean[] longMatched) {
    int transposed = 0;
    int at = 0;
    for (int i = 0; i < shorter.length; i++) {
      if (!shortMatched[i]) {
        continue;
      }
      while (!longMatched[at]) {
        at++;
      }
      if (shorter[i] != longer[at]) {
        transposed++;
      }
      at++;
    }
    return transposed;
  }
}
