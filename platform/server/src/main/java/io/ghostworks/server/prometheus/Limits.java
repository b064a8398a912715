package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Exchange;
import java.util.List;

/** The {@code limit} parameter: how many entries an answer has at most, 0 for all. */
final class Limits {

  /** What an answer warns of that was cut. */
  static final String TRUNCATED = "results truncated due to limit";

  private Limits() {}

  /** How many entries to ask a store for, so that it shows whether there are more: 0 for all. */
  static int wanted(int limit) {
    return limit == 0 || limit == Integer.MAX_VALUE ? 0 : limit + 1;
  }

  static <T> List<T> limited(List<T> all, int limit) {
    return limit > 0 && all.size() > limit ? all.subList(0, limit) : all;
  }

  static List<String> warnings(List<?> all, int limit) {
    return limit > 0 && all.size() > limit ? List.of(TRUNCATED) : List.of();
  }

  static int limit(Exchange exchange) {
    long limit;
    try {
      limit = GoParameters.integer(exchange.parameter("limit").orElse("0"));
    } catch (NumberFormatException e) {
      throw PrometheusErrors.parameter("limit", String.valueOf(e.getMessage()));
    }
    if (limit < 0) {
      throw PrometheusErrors.parameter("limit", "limit must be non-negative");
    }
    return (int) Math.min(limit, Integer.MAX_VALUE);
  }
}
