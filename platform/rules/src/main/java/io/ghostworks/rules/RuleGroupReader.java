package io.ghostworks.rules;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.model.label.LabelNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads groups of rules, in the forms in which they come. */
final class RuleGroupReader {

  private static final Set<String> PARTIAL_RESPONSES = Set.of("", "abort", "warn");

  private final RuleLanguage language;
  private final ExpressionReader expressions;
  private final boolean ignoresUnknownKeys;

  RuleGroupReader(RuleLanguage language, ExpressionReader expressions, boolean ignoresUnknownKeys) {
    this.language = language;
    this.expressions = expressions;
    this.ignoresUnknownKeys = ignoresUnknownKeys;
  }

  /** In what a group stands. */
  enum Form {
    FILE,
    /** A resource of Kubernetes, which has one field more, for Thanos. */
    RESOURCE,
    /** A request to the ruler API, which has Mimir's fields. */
    API
  }

  /** The groups under {@code groups}. */
  List<RuleFile.Group> read(ConfigMap top, Form form) {
    Set<String> names = new HashSet<>();
    List<RuleFile.Group> groups = new ArrayList<>();
    for (ConfigMap map : top.maps("groups")) {
      RuleFile.Group group = group(map, form);
      if (!group.name().isEmpty() && !names.add(group.name())) {
        map.error(
            "groupname: \"%s\" is repeated in the same file".formatted(group.name()),
            "give it another name");
      }
      groups.add(group);
    }
    return groups;
  }

  RuleFile.Group group(ConfigMap map, Form form) {
    String name = map.string("name", "");
    if (name.isEmpty()) {
      map.error("Groupname must not be empty", "");
    }
    Duration interval = map.duration("interval", DurationForm.PROMETHEUS, Duration.ZERO);
    Duration queryOffset = map.findDuration("query_offset", DurationForm.PROMETHEUS).orElse(null);
    long limit = map.integer("limit", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    Map<String, String> labels = map.stringMap("labels");
    for (String label : labels.keySet()) {
      if (isWrongLabel(label)) {
        map.error("labels", "invalid label name: " + label, "");
      }
    }
    boolean aligned = false;
    switch (form) {
      case FILE -> {}
      case RESOURCE -> checkPartialResponse(map);
      case API -> {
        queryOffset =
            queryOffset == null
                ? map.findDuration("evaluation_delay", DurationForm.PROMETHEUS).orElse(null)
                : queryOffset;
        map.know("evaluation_delay");
        aligned = map.bool("align_evaluation_time_on_interval", false);
        if (!map.strings("source_tenants").isEmpty()) {
          map.error(
              "source_tenants",
              "must be left out: a rule reads the series of its own tenant",
              "store the group for each tenant");
        }
      }
    }
    List<RuleFile.Rule> rules = new ArrayList<>();
    int number = 0;
    for (ConfigMap rule : map.maps("rules")) {
      rule(rule, name, ++number, labels).ifPresent(rules::add);
    }
    rejectUnknownKeys(map);
    return new RuleFile.Group(name, interval, queryOffset, (int) limit, labels, rules, aligned);
  }

  private void rejectUnknownKeys(ConfigMap map) {
    if (!ignoresUnknownKeys) {
      map.rejectUnknownKeys();
    }
  }

  private static void checkPartialResponse(ConfigMap map) {
    String strategy = map.string("partial_response_strategy", "");
    if (!PARTIAL_RESPONSES.contains(strategy.toLowerCase(Locale.ROOT))) {
      map.error("partial_response_strategy", "must be abort or warn", "");
    }
  }

  private Optional<RuleFile.Rule> rule(
      ConfigMap map, String group, int number, Map<String, String> groupLabels) {
    String record = map.string("record", "");
    String alert = map.string("alert", "");
    Place place =
        new Place(
            map,
            "group \"%s\", rule %d, \"%s\""
                .formatted(group, number, alert.isEmpty() ? record : alert));
    if (!record.isEmpty() && !alert.isEmpty()) {
      place.error("record", "only one of 'record' and 'alert' must be set");
    }
    if (record.isEmpty() && alert.isEmpty()) {
      place.error("one of 'record' or 'alert' must be set");
    }
    RuleExpression expression = expression(map, place);
    Map<String, String> own = map.stringMap("labels");
    Map<String, String> labels = new LinkedHashMap<>(groupLabels);
    labels.putAll(own);
    for (String label : own.keySet()) {
      if (isWrongLabel(label)) {
        place.error("labels", "invalid label name: " + label);
      }
    }
    Map<String, String> annotations = map.stringMap("annotations");
    checkAnnotations(place, annotations);
    Duration holdFor = map.duration("for", DurationForm.PROMETHEUS, Duration.ZERO);
    Duration keepFiringFor =
        map.duration("keep_firing_for", DurationForm.PROMETHEUS, Duration.ZERO);
    if (!record.isEmpty()) {
      checkRecording(place, record, annotations, holdFor, keepFiringFor);
    }
    Map<String, PrometheusTemplate> labelTemplates = Map.of();
    Map<String, PrometheusTemplate> annotationTemplates = Map.of();
    if (!alert.isEmpty()) {
      labelTemplates = templates(place, "labels", "label", alert, labels);
      annotationTemplates = templates(place, "annotations", "annotation", alert, annotations);
    }
    rejectUnknownKeys(map);
    if (expression == null) {
      return Optional.empty();
    }
    return Optional.of(
        alert.isEmpty()
            ? new RuleFile.Recording(record, expression, sorted(labels))
            : new RuleFile.Alerting(
                alert, expression, holdFor, keepFiringFor, labelTemplates, annotationTemplates));
  }

  /** A label with an empty value takes the label away, so that it is kept. */
  private static Labels sorted(Map<String, String> labels) {
    return Labels.ofSorted(
        labels.entrySet().stream()
            .sorted(Map.Entry.comparingByKey(Labels::compareUtf8))
            .flatMap(label -> Stream.of(label.getKey(), label.getValue()))
            .toArray(String[]::new));
  }

  private @Nullable RuleExpression expression(ConfigMap map, Place place) {
    String text = map.string("expr", "");
    if (text.isEmpty()) {
      place.error("expr", "field 'expr' must be set in rule");
      return null;
    }
    try {
      return expressions.read(language, text);
    } catch (ExpressionReader.ExpressionException e) {
      place.error("expr", "could not parse expression: " + e.getMessage());
      return null;
    }
  }

  private void checkRecording(
      Place place,
      String record,
      Map<String, String> annotations,
      Duration holdFor,
      Duration keepFiringFor) {
    if (!annotations.isEmpty()) {
      place.error("annotations", "invalid field 'annotations' in recording rule");
    }
    if (!holdFor.isZero()) {
      place.error("for", "invalid field 'for' in recording rule");
    }
    if (!keepFiringFor.isZero()) {
      place.error("keep_firing_for", "invalid field 'keep_firing_for' in recording rule");
    }
    if (language == RuleLanguage.LOGQL && !LabelNames.isLegacyMetricName(record)) {
      place.error("record", "invalid recording rule name: " + record);
    } else if (record.indexOf('{') >= 0 || record.indexOf('}') >= 0) {
      place.error(
          "record", "braces present in the recording rule name; should it be in expr?: " + record);
    }
  }

  private void checkAnnotations(Place place, Map<String, String> annotations) {
    annotations.forEach((name, text) -> {
      if (name.isEmpty()
          || (language == RuleLanguage.LOGQL && !LabelNames.isLegacyLabelName(name))) {
        place.error("annotations", "invalid annotation name: " + name);
      }
      if (Fallback.isAsked(name) && Fallback.find(text).isEmpty()) {
        place.error(
            "annotations",
            "the annotation %s must be one of %s, got '%s'"
                .formatted(name, String.join(", ", Fallback.WORDS), text));
      }
    });
  }

  /** Loki takes only names that were valid before UTF-8 was. */
  private boolean isWrongLabel(String name) {
    return name.isEmpty()
        || name.equals(Labels.METRIC_NAME)
        || (language == RuleLanguage.LOGQL && !LabelNames.isLegacyLabelName(name));
  }

  private static Map<String, PrometheusTemplate> templates(
      Place place, String key, String kind, String alert, Map<String, String> texts) {
    Map<String, PrometheusTemplate> templates = new LinkedHashMap<>();
    texts.forEach((name, text) -> {
      try {
        templates.put(name, PrometheusTemplate.parse("__alert_" + alert, text));
      } catch (TemplateException e) {
        place.error(key, "%s \"%s\": %s".formatted(kind, name, e.getMessage()));
      }
    });
    return templates;
  }

  /** Where a rule stands, in Prometheus's words. */
  private record Place(ConfigMap map, String description) {
    void error(String key, String message) {
      map.error(key, description + ": " + message, "");
    }

    void error(String message) {
      map.error(description + ": " + message, "");
    }
  }
}
