package io.ghostworks.server.settings;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.ghostworks.config.ConfigMap;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.UserRegex;
import io.ghostworks.wire.logs.LogFieldOptions;
import io.ghostworks.wire.logs.RecordFields;
import io.ghostworks.wire.loki.ServiceName;
import io.ghostworks.wire.otlp.logs.LogStreams;
import io.ghostworks.wire.otlp.logs.OtlpAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads what {@code limits} of {@code ghostworks.yml} says, with Loki's names where Loki has them,
 * about the filing of log records and what is looked for in them, for all tenants and, under {@code
 * tenants}, with the same keys for single ones.
 */
final class LogIntakeReader {

  private static final String DISCOVER_LEVELS = "discover_log_levels";
  private static final String LEVEL_FIELDS = "log_level_fields";
  private static final String LEVEL_DEPTH = "log_level_from_json_max_depth";
  private static final String SERVICE_NAME = "discover_service_name";
  private static final String OTLP = "otlp_config";
  private static final String TRACE_FIELDS = "trace_id_fields";
  private static final String SPAN_FIELDS = "span_id_fields";
  private static final String PATTERNS = "trace_context_patterns";
  private static final int LEVEL_FIELDS_MAX = 100;
  private static final int PATTERNS_MAX = 20;

  private LogIntakeReader() {}

  /** What was read of one mapping. */
  private record Said(LogFieldOptions fields, ServiceName serviceName, OtlpAttributes otlp) {
    private static final Said DEFAULT =
        new Said(LogFieldOptions.DEFAULT, ServiceName.DEFAULT, OtlpAttributes.DEFAULT);

    LogIntakeSettings.LogIntake intake() {
      return new LogIntakeSettings.LogIntake(
          new RecordFields(fields), new LogStreams(otlp, serviceName), serviceName);
    }
  }

  static LogIntakeSettings read(ConfigMap map) {
    Said standard = said(map, Said.DEFAULT);
    Map<TenantId, LogIntakeSettings.LogIntake> tenants = new LinkedHashMap<>();
    map.map("tenants")
        .ifPresent(named -> {
          for (String id : named.keys()) {
            named
                .map(id)
                .filter(own -> TenantId.isValid(id))
                .ifPresent(own -> tenants.put(new TenantId(id), said(own, standard).intake()));
          }
        });
    return new LogIntakeSettings(standard.intake(), tenants);
  }

  /** Names the keys of a tenant's mapping that belong to this reader. */
  static void know(ConfigMap ofTenant) {
    ofTenant.know(
        DISCOVER_LEVELS,
        LEVEL_FIELDS,
        LEVEL_DEPTH,
        SERVICE_NAME,
        OTLP,
        TRACE_FIELDS,
        SPAN_FIELDS,
        PATTERNS);
  }

  private static Said said(ConfigMap map, Said absent) {
    LogFieldOptions fields = absent.fields();
    return new Said(
        new LogFieldOptions(
            map.bool(DISCOVER_LEVELS, fields.levels()),
            levelFields(map, fields.levelFields()),
            (int) map.integer(LEVEL_DEPTH, fields.levelJsonDepthMax(), 0, 1000),
            list(map, TRACE_FIELDS, fields.traceIdFields()),
            list(map, SPAN_FIELDS, fields.spanIdFields()),
            patterns(map, fields.contextPatterns())),
        new ServiceName(list(map, SERVICE_NAME, absent.serviceName().candidates())),
        otlp(map, absent.otlp()));
  }

  private static List<String> list(ConfigMap map, String key, List<String> absent) {
    return map.has(key) ? map.strings(key) : absent;
  }

  private static List<String> levelFields(ConfigMap map, List<String> absent) {
    List<String> fields = list(map, LEVEL_FIELDS, absent);
    if (fields.size() > LEVEL_FIELDS_MAX) {
      map.error(LEVEL_FIELDS, "must have at most %d names".formatted(LEVEL_FIELDS_MAX), "");
      return absent;
    }
    return fields;
  }

  private static List<Pattern> patterns(ConfigMap map, List<Pattern> absent) {
    if (!map.has(PATTERNS)) {
      return absent;
    }
    List<Pattern> patterns = new ArrayList<>();
    for (String text : map.strings(PATTERNS)) {
      Optional<Pattern> pattern = compiled(map, PATTERNS, text);
      if (pattern.isPresent()
          && !pattern.get().namedGroups().containsKey(LogFieldOptions.TRACE_ID_GROUP)) {
        map.error(
            PATTERNS,
            "must have a group trace_id in each pattern, which '%s' has not".formatted(text),
            "write 'trace:(?P<trace_id>[0-9a-f]{32})'");
      }
      pattern.ifPresent(patterns::add);
    }
    if (patterns.size() > PATTERNS_MAX) {
      map.error(
          PATTERNS,
          "must have at most %d patterns".formatted(PATTERNS_MAX),
          "each is tried on every line without a trace id");
    }
    return patterns;
  }

  private static Optional<Pattern> compiled(ConfigMap map, String key, String text) {
    try {
      return Optional.of(UserRegex.compile(text));
    } catch (PatternSyntaxException e) {
      map.error(key, "must be a regular expression of RE2: " + e.getMessage(), "");
      return Optional.empty();
    }
  }

  private static OtlpAttributes otlp(ConfigMap parent, OtlpAttributes absent) {
    if (!parent.has(OTLP)) {
      return absent;
    }
    ConfigMap map = parent.mapOrEmpty(OTLP);
    ConfigMap ofResource = map.mapOrEmpty("resource_attributes");
    List<OtlpAttributes.Rule> resource = new ArrayList<>();
    if (!ofResource.bool("ignore_defaults", false)) {
      resource.add(OtlpAttributes.defaultLabels());
    }
    resource.addAll(rules(ofResource, "attributes_config", true));
    ofResource.rejectUnknownKeys();
    OtlpAttributes otlp =
        new OtlpAttributes(
            resource,
            rules(map, "scope_attributes", false),
            rules(map, "log_attributes", true),
            map.bool("severity_text_as_label", false));
    map.rejectUnknownKeys();
    return otlp;
  }

  private static List<OtlpAttributes.Rule> rules(ConfigMap map, String key, boolean labels) {
    List<OtlpAttributes.Rule> rules = new ArrayList<>();
    for (ConfigMap each : map.maps(key)) {
      rule(each, labels).ifPresent(rules::add);
    }
    return rules;
  }

  /**
   * @param labels whether attributes may become labels
   */
  private static Optional<OtlpAttributes.Rule> rule(ConfigMap map, boolean labels) {
    String action =
        map.oneOf(
            "action",
            "structured_metadata",
            labels
                ? List.of("index_label", "structured_metadata", "drop")
                : List.of("structured_metadata", "drop"));
    List<String> attributes = map.strings("attributes");
    Optional<String> text = map.findString("regex");
    if (attributes.isEmpty() == text.isEmpty()) {
      map.error(
          text.isEmpty()
              ? "attributes or regex must be set"
              : "only one of attributes or regex must be set",
          "");
    }
    Optional<Pattern> regex =
        text.flatMap(each -> compiled(map, "regex", each))
            .map(valid -> UserRegex.compile("(?s:" + valid.pattern() + ")"));
    map.rejectUnknownKeys();
    return Optional.of(
        new OtlpAttributes.Rule(
            switch (action) {
              case "index_label" -> OtlpAttributes.Action.INDEX_LABEL;
              case "drop" -> OtlpAttributes.Action.DROP;
              default -> OtlpAttributes.Action.STRUCTURED_METADATA;
            },
            Set.copyOf(attributes),
            regex));
  }
}
