package io.ghostworks.server.settings;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.records.RecordRetention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what {@code retention} of {@code ghostworks.yml} says about log records and traces. */
final class RecordRetentionReader {

  private static final Duration MIN = Duration.ofHours(1);
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Set<String> BUILT_IN = Set.of("logs", "audit", "traces", "kept");

  private final PromqlParser selectors = new PromqlParser(ParserOptions.STABLE);
  private final Set<String> names = new HashSet<>(BUILT_IN);

  RecordRetention read(ConfigMap map) {
    List<RecordRetention.Rule> rules = new ArrayList<>();
    for (ConfigMap each : map.maps("records_rules")) {
      rule(each).ifPresent(rules::add);
    }
    return new RecordRetention(
        rules,
        atLeastAnHour(map, "logs", Duration.ofDays(30)),
        atLeastAnHour(map, "audit_logs", Duration.ofDays(90)),
        atLeastAnHour(map, "traces", Duration.ofDays(7)));
  }

  private Optional<RecordRetention.Rule> rule(ConfigMap map) {
    String name = map.findString("name").orElse("");
    boolean valid = NAME.matcher(name).matches();
    if (!map.has("name")) {
      map.missing("name");
    } else if (!valid) {
      map.error("name", "must match [A-Za-z0-9_-]{1,64}", "it names the class of the rows");
    } else if (!names.add(name)) {
      map.error("name", "must be used once, and not be logs, audit, traces or kept", "");
      valid = false;
    }
    Optional<TenantId> tenant = map.findString("tenant").flatMap(id -> tenant(map, id));
    boolean traces = map.oneOf("signal", "logs", List.of("logs", "traces")).equals("traces");
    List<LabelMatcher> matchers = new ArrayList<>();
    map.findString("selector").ifPresent(text -> matchers.addAll(selector(map, text)));
    if (!map.has("tenant") && !map.has("selector")) {
      map.error(
          "must have a tenant, a selector, or both",
          "retention.logs is for all streams, retention.traces for all spans");
    }
    if (!map.has("keep")) {
      map.missing("keep");
    }
    Duration keep = atLeastAnHour(map, "keep", MIN);
    map.rejectUnknownKeys();
    return valid
        ? Optional.of(new RecordRetention.Rule(name, tenant, traces, matchers, keep))
        : Optional.empty();
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
          "selector",
          "must be a selector of streams: " + e.getMessage(),
          "write '{service_name=\"api\"}'");
      return List.of();
    }
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
