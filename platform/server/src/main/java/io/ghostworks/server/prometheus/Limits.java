package io.ghostworks.server.prometheus;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;

/** The {@code limit} parameter: how many entries an answer has at most, 0 for all. */
final class Limits {

  private Limits() {}

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
