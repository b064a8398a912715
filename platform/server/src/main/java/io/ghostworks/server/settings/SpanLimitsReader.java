package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.model.TenantId;
import io.ghostworks.records.SpanLimits;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says about spans that are sent, for all
 * tenants and, under {@code tenants}, with the same keys for single ones. The names are those of
 * Tempo's overrides.
 */
final class SpanLimitsReader {

  private static final String RATE = "ingestion_rate_limit_bytes";
  private static final String BURST = "ingestion_burst_size_bytes";
  private static final String ATTRIBUTE = "ingestion_max_attribute_bytes";
  private static final String TRACE = "max_bytes_per_trace";
  private static final String SPANS = "max_spans_per_trace";

  private SpanLimitsReader() {}

  static SpanLimitSettings read(ConfigMap map) {
    SpanLimits standard = limits(map, SpanLimits.defaults());
    Map<TenantId, SpanLimits> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), limits(own, standard)));
          }
        });
    return new SpanLimitSettings(standard, tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(RATE, BURST, ATTRIBUTE, TRACE, SPANS);
  }

  private static SpanLimits limits(ConfigMap map, SpanLimits absent) {
    long rate = map.size(RATE, absent.rateBytes());
    long burst = map.size(BURST, Math.max(absent.burstBytes(), rate + rate / 3));
    if (rate > 0 && burst < rate) {
      map.error(
          map.has(BURST) ? BURST : RATE,
          "must not be smaller than the rate",
          "a request may be as large as a second's rate");
    }
    long attribute = map.size(ATTRIBUTE, absent.attributeBytesMax());
    if (attribute > Integer.MAX_VALUE) {
      map.error(ATTRIBUTE, "must be at most 2GiB", "leave it out for no limit");
      attribute = 0;
    }
    return new SpanLimits(
        rate,
        burst,
        (int) attribute,
        map.size(TRACE, absent.traceBytesMax()),
        (int) map.integer(SPANS, absent.traceSpansMax(), 0, Integer.MAX_VALUE));
  }
}
