package io.ghostworks.server.loki;

import io.ghostworks.server.http.Exchange;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.server.settings.LogQueryLimits;
import java.util.Optional;

/** Numbers and switches among a request's parameters, refused in Go's words. */
final class LokiParameters {

  private LokiParameters() {}

  /**
   * A number of a parameter.
   *
   * @throws RequestException if it is none
   */
  static int integer(Exchange exchange, String name, int absent) {
    Optional<String> text = exchange.parameter(name);
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return Integer.parseInt(text.get());
    } catch (NumberFormatException e) {
      String why = text.get().matches("[-+]?[0-9]+") ? "value out of range" : "invalid syntax";
      throw new RequestException(
          400, "strconv.Atoi: parsing \"%s\": %s".formatted(text.get(), why), e);
    }
  }

  /** A number above 0. */
  static int limit(Exchange exchange, String name, int absent) {
    int limit = integer(exchange, name, absent);
    if (limit <= 0) {
      throw RequestException.bad("limit must be a positive value");
    }
    return limit;
  }

  /** How many lines are wanted, at most as many as the tenant may ask for. */
  static int entries(Exchange exchange, LogQueryLimits limits, String name, int absent) {
    int limit = limit(exchange, name, absent);
    int max = limits.entriesMax();
    if (max != 0 && limit > max) {
      throw RequestException.bad(
          "max entries limit per query exceeded, limit > max_entries_limit_per_query (%d > %d)"
              .formatted(limit, max));
    }
    return limit;
  }
}
