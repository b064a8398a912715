package io.ghostworks.rules;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.parse.ParserOptions;
import io.ghostworks.promql.parse.PromqlParseException;
import io.ghostworks.promql.parse.PromqlParser;
import io.ghostworks.template.PrometheusTemplate;
import io.ghostworks.template.TemplateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads rule files as Prometheus does ({@code model/rulefmt/rulefmt.go}): unknown keys, duplicate
 * groups, expressions and templates that do not parse, and fields that a recording rule may not
 * have are mistakes, told in Prometheus's words.
 */
public final class RuleFileReader {

  private final PromqlParser parser;

  /**
   * @param options which of PromQL's switchable features expressions may use
   */
  public RuleFileReader(ParserOptions options) {
    this.parser = new PromqlParser(options);
  }

  /**
   * The groups of a file; only good for use where the findings have no errors.
   *
   * @param file how the file is named in groups' keys and views
   */
  public RuleFile read(String file, ConfigNode root, Findings findings) {
    ConfigMap top = ConfigMap.of(root, findings);
    Set<String> names = new HashSet<>();
    List<RuleFile.Group> groups = new ArrayList<>();
    for (ConfigMap group : top.maps("groups")) {
      groups.add(group(group, names));
    }
    top.rejectUnknownKeys();
    return new RuleFile(file, groups);
  }

  private RuleFile.Group group(ConfigMap map, Set<String> names) {
    String name = map.string("name", "");
    if (name.isEmpty()) {
      map.error("Groupname must not be empty", "");
    } else if (!names.add(name)) {
      map.error(
          "groupname: \"%s\" is repeated in the same file".formatted(name), "give it another name");
    }
    Duration interval = map.duration("interval", DurationForm.PROMETHEUS, Duration.ZERO);
    Duration queryOffset = map.findDuration("query_offset", DurationForm.PROMETHEUS).orElse(null);
    long limit = map.integer("limit", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    Map<String, String> labels = map.stringMap("labels");
    checkLabelNames(map, labels);
    List<RuleFile.Rule> rules = new ArrayList<>();
    for (ConfigMap rule : map.maps("rules")) {
      rule(rule, name, rules.size() + 1, labels).ifPresent(rules::add);
    }
    map.rejectUnknownKeys();
    return new RuleFile.Group(name, interval, queryOffset, (int) limit, labels, rules);
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
    Expr expression = expression(map, place);
    Map<String, String> labels = new LinkedHashMap<>(groupLabels);
    labels.putAll(map.stringMap("labels"));
    checkLabelNames(map, map.stringMap("labels"));
    Map<String, String> annotations = map.stringMap("annotations");
    for (String name : annotations.keySet()) {
      if (name.isEmpty()) {
        place.error("annotations", "invalid annotation name: " + name);
      }
    }
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
    map.rejectUnknownKeys();
    if (expression == null) {
      return Optional.empty();
    }
    return Optional.of(
        alert.isEmpty()
            ? new RuleFile.Recording(record, expression, Labels.of(labels))
            : new RuleFile.Alerting(
                alert, expression, holdFor, keepFiringFor, labelTemplates, annotationTemplates));
  }

  private @Nullable Expr expression(ConfigMap map, Place place) {
    String text = map.string("expr", "");
    if (text.isEmpty()) {
      place.error("expr", "field 'expr' must be set in rule");
      return null;
    }
    try {
      return parser.parse(text);
    } catch (PromqlParseException e) {
      place.error("expr", "could not parse expression: " + e.getMessage());
      return null;
    }
  }

  private static void checkRecording(
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
    if (record.indexOf('{') >= 0 || record.indexOf('}') >= 0) {
      place.error(
          "record", "braces present in the recording rule name; should it be in expr?: " + record);
    }
  }

  private static void checkLabelNames(ConfigMap map, Map<String, String> labels) {
    for (String name : labels.keySet()) {
      if (name.isEmpty() || name.equals(Labels.METRIC_NAME)) {
        map.error("labels", "invalid label name: " + name, "");
      }
    }
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
