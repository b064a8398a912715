package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.series.RetentionPolicy;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what {@code retention} of {@code ghostworks.yml} says about samples. */
final class MetricsRetentionReader {
  private static final Duration MIN = Duration.ofHours(1);
  private static final long SIZE_BYTES_MIN = 1L << 20;

  private final PromqlParser selectors = new PromqlParser(ParserOptions.STABLE);

  MetricsRetention read(ConfigMap map) {
    Durations defaults = RetentionPolicy.defaults().standard();
    Durations standard =
        new Durations(
            atLeastAnHour(map, "metrics", defaults.raw()),
            atLeastAnHour(map, "metrics_5m", defaults.fiveMinutes()),
            atLeastAnHour(map, "metrics_1h", defaults.oneHour()));
    OptionalLong sizeBytesMax =
        map.has("metrics_size") ? OptionalLong.of(size(map, "metrics_size")) : OptionalLong.empty();
    List<Rule> rules = map.maps("metrics_rules").stream().map(this::rule).toList();
    RetentionPolicy policy = new RetentionPolicy(standard, rules, sizeBytesMax, tenantSizes(map));
    return new MetricsRetention(policy, map.has("metrics"), map.has("metrics_size"));
  }

  private Rule rule(ConfigMap map) {
    Optional<TenantId> tenant = map.findString("tenant").flatMap(id -> tenant(map, id));
    List<LabelMatcher> matchers = new ArrayList<>();
    map.findString("selector").ifPresent(text -> matchers.addAll(selector(map, text)));
    if (!map.has("tenant") && !map.has("selector")) {
      map.error("must have a tenant, a selector, or both", "retention.metrics is for all series");
    }
    if (!map.has("keep")) {
      map.missing("keep");
    }
    Duration raw = atLeastAnHour(map, "keep", MIN);
    Durations keep =
        new Durations(raw, atLeastAnHour(map, "keep_5m", raw), atLeastAnHour(map, "keep_1h", raw));
    map.rejectUnknownKeys();
    return new Rule(tenant, matchers, keep);
  }

  private static Optional<TenantId> tenant(ConfigMap map, String id) {
    if (!TenantId.isValid(id)) {
      map.error("tenant", "must match [A-Za-z0-9_-]{1,64}", "");
      return Optional.empty();
    }
    return Optional.of(new TenantId(id));
  }

  private List<LabelMatcher> selector(ConfigMap map, String text) {
    try {
      return selectors.parseSelector(text);
    } catch (PromqlParseException e) {
      map.error(
          "selector", "must be a selector of series: " + e.getMessage(), "write '{job=\"api\"}'");
      return List.of();
    }
  }

  private static Map<TenantId, Long> tenantSizes(ConfigMap map) {
    Map<TenantId, Long> sizes = new LinkedHashMap<>();
    map.map("metrics_tenant_sizes")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            long bytes = size(named, id);
            if (TenantId.isValid(id)) {
              sizes.put(new TenantId(id), bytes);
            } else {
              named.error(id, "must be for a tenant that matches [A-Za-z0-9_-]{1,64}", "");
            }
          }
        });
    return sizes;
  }

  private static long size(ConfigMap map, String key) {
    long bytes = map.size(key, SIZE_BYTES_MIN);
    if (bytes < SIZE_BYTES_MIN) {
      map.error(key, "must be at least 1MiB", "");
      return SIZE_BYTES_MIN;
    }
    return bytes;
  }

  private static Duration atLeastAnHour(ConfigMap map, String key, Duration absent) {
    Duration duration = map.duration(key, DurationForm.PROMETHEUS, absent);
    if (duration.compareTo(MIN) < 0) {
      map.error(key, "must be at least 1h", "");
      return MIN;
    }
    return duration;
  }
}
