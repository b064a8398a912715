package io.ghostworks.server.prometheus;

import io.ghostworks.promql.cache.CacheUse;
import io.ghostworks.promql.cache.RangeQuery;
import io.ghostworks.server.http.Exchange;
import java.util.Locale;

/**
 * Tells in the header {@code Cache-Status} of RFC 9211 what the result cache did, and reads of a
 * request that it is not to do it.
 */
final class CacheStatus {
  static final String HEADER = "cache-status";

  private CacheStatus() {}

  /** Why a request is answered without the cache; "" if it is not. */
  static String bypass(Exchange exchange, boolean measured) {
    String control = exchange.header("cache-control").orElse("").toLowerCase(Locale.ROOT);
    if (control.contains("no-store") || control.contains("no-cache")) {
      return "Cache-Control asks for it";
    }
    return measured ? "statistics are measured" : "";
  }

  /** The value of the header. */
  static String of(CacheUse use, RangeQuery query) {
    return switch (use.outcome()) {
      case HIT -> "promql; hit";
      case PARTIAL ->
          "promql; fwd=partial; detail=\"%d of %d steps\"".formatted(use.steps(), query.steps());
      case MISS -> "promql; fwd=miss";
      case BYPASS -> "promql; fwd=bypass; detail=\"%s\"".formatted(use.detail());
    };
  }
}
