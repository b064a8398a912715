package io.ghostworks.server.prometheus;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.promql.text.QuotedText;
import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import java.util.List;
import java.util.Set;

/**
 * What a search asks for, with Prometheus's defaults: the last hour, 100 results in batches of 100,
 * in the order of their names.
 *
 * @param limit of all results, at least 1
 * @param batch results of one line, at least 1
 */
record SearchRequest(
    List<List<LabelMatcher>> selectors,
    SearchFilter filter,
    Order order,
    boolean includeScore,
    long startMs,
    long endMs,
    int limit,
    int batch) {

  /** How results are sorted. */
  enum Order {
    ASCENDING,
    DESCENDING,
    SCORE
  }

  private static final long HOUR_MS = 3_600_000;
  private static final int TERMS_MAX = 32;
  private static final int LIMIT_MAX = 10_000;
  private static final int DEFAULT_SIZE = 100;
  private static final int THRESHOLD_MAX = 100;

  /**
   * @param endpoint its word in errors
   */
  static SearchRequest of(Exchange exchange, String endpoint, PromqlParser parser, long nowMs) {
    long start = time(exchange, "start", nowMs - HOUR_MS);
    long end = time(exchange, "end", nowMs);
    if (end < start) {
      throw RequestException.bad("end timestamp must not be before start timestamp");
    }
    List<List<LabelMatcher>> selectors = Selectors.of(exchange, parser, "");
    List<String> terms = exchange.parameters("search[]");
    if (terms.size() > TERMS_MAX) {
      throw RequestException.bad(
          "too many search[] terms: got %d, maximum is %d".formatted(terms.size(), TERMS_MAX));
    }
    int threshold = threshold(exchange);
    SearchFilter.Fuzziness fuzziness = fuzziness(exchange);
    boolean caseSensitive = flag(exchange, "case_sensitive", true);
    boolean includeScore = flag(exchange, "include_score", false);
    Order order = order(exchange, terms, endpoint);
    return new SearchRequest(
        selectors,
        new SearchFilter(terms, fuzziness, threshold / 100.0, caseSensitive),
        order,
        includeScore,
        start,
        end,
        limit(exchange),
        positive(exchange, "batch_size"));
  }

  private static long time(Exchange exchange, String name, long absentMs) {
    try {
      return TimeParameters.optionalTimeMs(exchange, name, absentMs);
    } catch (IllegalArgumentException e) {
      throw new RequestException(400, String.valueOf(e.getMessage()), e);
    }
  }

  private static int threshold(Exchange exchange) {
    String text = exchange.parameter("fuzz_threshold").orElse("0");
    try {
      long threshold = GoParameters.integer(text);
      if (threshold >= 0 && threshold <= THRESHOLD_MAX) {
        return (int) threshold;
      }
    } catch (NumberFormatException e) {
      throw badThreshold(text);
    }
    throw badThreshold(text);
  }

  private static RequestException badThreshold(String text) {
    return RequestException.bad(
        "invalid fuzz_threshold %s: must be 0-100".formatted(QuotedText.quote(text)));
  }

  private static SearchFilter.Fuzziness fuzziness(Exchange exchange) {
    String word = exchange.parameter("fuzz_alg").orElse("subsequence");
    return switch (word) {
      case "subsequence" -> SearchFilter.Fuzziness.SUBSEQUENCE;
      case "jarowinkler" -> SearchFilter.Fuzziness.JARO_WINKLER;
      default ->
          throw RequestException.bad(
              "unsupported fuzz_alg %s: must be one of [subsequence jarowinkler]"
                  .formatted(QuotedText.quote(word)));
    };
  }

  /** A truth value that may be missing. */
  static boolean flag(Exchange exchange, String name, boolean absent) {
    String text = exchange.parameter(name).orElse("");
    try {
      return text.isEmpty() ? absent : GoParameters.truth(text);
    } catch (NumberFormatException e) {
      throw new RequestException(
          400, "invalid %s %s: must be boolean".formatted(name, QuotedText.quote(text)), e);
    }
  }

  private static Order order(Exchange exchange, List<String> terms, String endpoint) {
    String by = exchange.parameter("sort_by").orElse("");
    String direction = exchange.parameter("sort_dir").orElse("");
    if (!direction.isEmpty() && by.isEmpty()) {
      throw RequestException.bad("sort_dir is only valid when sort_by is set");
    }
    if (!direction.isEmpty() && by.equals("score")) {
      throw RequestException.bad("sort_dir is not supported for sort_by=score");
    }
    if (!Set.of("", "asc", "dsc").contains(direction)) {
      throw RequestException.bad(
          "invalid sort_dir %s: must be \"asc\" or \"dsc\"".formatted(QuotedText.quote(direction)));
    }
    if (by.equals("score") && terms.isEmpty()) {
      throw RequestException.bad("sort_by=score requires search[] to be set");
    }
    return switch (by) {
      case "score" -> Order.SCORE;
      case "", "alpha" -> direction.equals("dsc") ? Order.DESCENDING : Order.ASCENDING;
      default ->
          throw RequestException.bad(
              "invalid sort_by %s for %s: must be \"alpha\" or \"score\""
                  .formatted(QuotedText.quote(by), endpoint));
    };
  }

  private static int limit(Exchange exchange) {
    int limit = positive(exchange, "limit");
    if (limit > LIMIT_MAX) {
      throw RequestException.bad(
          "limit %s exceeds the configured maximum (%d, see --web.search.max-limit)"
              .formatted(exchange.parameter("limit").orElse(""), LIMIT_MAX));
    }
    return limit;
  }

  private static int positive(Exchange exchange, String name) {
    String text = exchange.parameter(name).orElse(Integer.toString(DEFAULT_SIZE));
    try {
      long number = GoParameters.integer(text);
      if (number > 0) {
        return (int) Math.min(number, Integer.MAX_VALUE);
      }
    } catch (NumberFormatException e) {
      throw notPositive(name, text);
    }
    throw notPositive(name, text);
  }

  private static RequestException notPositive(String name, String text) {
    return RequestException.bad(
        "invalid %s %s: must be a positive integer".formatted(name, QuotedText.quote(text)));
  }
}
