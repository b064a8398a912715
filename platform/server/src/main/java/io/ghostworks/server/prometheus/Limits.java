package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
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
    String text = exchange.parameter("limit").orElse("0");
    int limit;
    try {
      limit = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new RequestException(
          400,
          "invalid parameter \"limit\": strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(text),
          e);
    }
    if (limit < 0) {
      throw RequestException.bad("invalid parameter \"limit\": limit must be non-negative");
    }
    return limit;
  }
}
