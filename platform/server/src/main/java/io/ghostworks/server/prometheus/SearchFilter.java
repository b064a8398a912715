package io.ghostworks.server.prometheus;

import java.util.List;
import java.util.Locale;

/**
 * Which names and values a search finds, and how well they fit: the best of its terms counts.
 * Scores are Prometheus's (web/api/v1/search_filters.go), from 0, exclusive, to 1.
 */
final class SearchFilter {

  /** What a search takes beside exact parts of a name. */
  enum Fuzziness {
    /** All characters of the term in their order, with others between them. */
    SUBSEQUENCE,
    /** A part of the name, or names that differ little. */
    JARO_WINKLER
  }

  private static final double EARLIEST = 1.0;
  private static final double POSITION_WEIGHT = 0.9;

  private final List<String> terms;
  private final Fuzziness fuzziness;
  private final double threshold;
  private final boolean caseSensitive;

  /**
   * @param terms one of which must fit; empty ones do not count, and without any all fits
   * @param threshold the least score, in [0, 1]; 0 leaves similar names out
   */
  SearchFilter(List<String> terms, Fuzziness fuzziness, double threshold, boolean caseSensitive) {
    this.terms =
        terms.stream()
            .filter(term -> !term.isEmpty())
            .map(term -> caseSensitive ? term : term.toLowerCase(Locale.ROOT))
            .toList();
    this.fuzziness = fuzziness;
    this.threshold = threshold;
    this.caseSensitive = caseSensitive;
  }

  /** How well a value fits; 0 if it does not. */
  double score(String given) {
    if (terms.isEmpty()) {
      return EARLIEST;
    }
    String value = caseSensitive ? given : given.toLowerCase(Locale.ROOT);
    double best = 0;
    for (String term : terms) {
      best = Math.max(best, score(term, value));
      if (best >= EARLIEST) {
        return best;
      }
    }
    return best;
  }

  private double score(String term, String value) {
    if (value.startsWith(term)) {
      return EARLIEST;
    }
    return switch (fuzziness) {
      case SUBSEQUENCE -> {
        double score = SearchScores.subsequence(term, value);
        yield score >= threshold ? score : 0;
      }
      case JARO_WINKLER -> {
        int at = value.indexOf(term);
        if (at >= 0) {
          yield position(term, value, at);
        }
        double score = threshold > 0 ? SearchScores.jaroWinkler(term, value) : 0;
        yield score >= threshold ? score : 0;
      }
    };
  }

  /** A part of a name counts more the earlier it stands. */
  private static double position(String term, String value, int at) {
    int before = value.codePointCount(0, at);
    int most = value.codePointCount(0, value.length()) - term.codePointCount(0, term.length());
    return most <= 0 ? EARLIEST : EARLIEST - POSITION_WEIGHT * before / most;
  }
}
