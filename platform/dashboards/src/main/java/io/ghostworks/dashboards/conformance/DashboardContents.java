package io.ghostworks.dashboards.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.conformance.AskedText.Language;
import io.ghostworks.dashboards.document.DashboardDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a dashboard asks, and what in it is not supported here. */
final class DashboardContents {

  private static final Set<String> PANELS =
      Set.of(
          "timeseries",
          "stat",
          "row",
          "table",
          "gauge",
          "bargauge",
          "piechart",
          "text",
          "logs",
          "heatmap",
          "dashlist",
          "alertlist",
          "annolist",
          "status-history",
          "state-timeline",
          "histogram",
          "barchart",
          "nodeGraph",
          "traces",
          "flamegraph",
          "graph",
          "singlestat",
          "table-old",
          "grafana-piechart-panel",
          "grafana-singlestat-panel");
  private static final Set<String> TRANSFORMATIONS =
      Set.of(
          "calculateField",
          "concatenate",
          "configFromData",
          "convertFieldType",
          "extractFields",
          "filterByRefId",
          "filterByValue",
          "filterFields",
          "filterFieldsByName",
          "filterFrames",
          "formatString",
          "formatTime",
          "groupBy",
          "groupingToMatrix",
          "heatmap",
          "histogram",
          "joinByField",
          "seriesToColumns",
          "joinByLabels",
          "labelsToFields",
          "limit",
          "merge",
          "organize",
          "partitionByValues",
          "prepareTimeSeries",
          "reduce",
          "regression",
          "renameByRegex",
          "rowsToFields",
          "seriesToRows",
          "sortBy",
          "timeSeriesTable",
          "transpose");
  private static final Map<String, Language> LANGUAGES =
      Map.of(
          "prometheus", Language.PROMQL,
          "loki", Language.LOGQL,
          "tempo", Language.TRACEQL);

  /** Sources without a language of their own, all of which are there. */
  private static final Set<String> OTHERS =
      Set.of("grafana", "datasource", "mixed", "dashboard", "__expr__", "jaeger", "alertmanager");

  private static final int DEPTH_MAX = 10;

  private final DashboardDocument document;
  private final Map<String, String> sources = new HashMap<>();
  private final List<AskedText> asked = new ArrayList<>();
  private final Set<String> unsupported = new TreeSet<>();

  private DashboardContents(DashboardDocument document) {
    this.document = document;
  }

  static DashboardContents of(DashboardDocument document) {
    DashboardContents contents = new DashboardContents(document);
    contents.readSources();
    if (document.form() == DashboardDocument.Form.RESOURCE) {
      contents.resource(document.json().path("spec"));
    } else {
      contents.panels(document.json(), 0);
      for (JsonNode each : document.json().path("annotations").path("list")) {
        contents.target("annotation '%s'".formatted(each.path("name").asText("")), each, each);
      }
    }
    contents.variables();
    return contents;
  }

  List<AskedText> asked() {
    return asked;
  }

  /** In words, each once. */
  Set<String> unsupported() {
    return unsupported;
  }

  /** Which type of source each variable and input stands for. */
  private void readSources() {
    for (ObjectNode input : document.inputs()) {
      sources.put(input.path("name").asText(""), input.path("pluginId").asText(""));
    }
    for (JsonNode variable : Variables.list(document)) {
      String type = variable.path("type").asText("");
      if (type.equals("datasource") || variable.has("pluginId")) {
        String plugin = variable.path("pluginId").asText(variable.path("query").asText(""));
        sources.put(variable.path("name").asText(""), plugin);
      }
    }
  }

  private void panels(JsonNode holder, int depth) {
    if (depth > DEPTH_MAX) {
      return;
    }
    for (String key : List.of("rows", "panels")) {
      for (JsonNode panel : holder.path(key)) {
        if (key.equals("panels")) {
          panel(panel);
        }
        panels(panel, depth + 1);
      }
    }
  }

  private void panel(JsonNode panel) {
    String place = "panel '%s'".formatted(panel.path("title").asText(""));
    kind(place, panel.path("type").asText("graph"), panel.has("libraryPanel"));
    for (JsonNode transformation : panel.path("transformations")) {
      transformation(place, transformation.path("id").asText(""));
    }
    for (JsonNode target : panel.path("targets")) {
      target(place + " " + target.path("refId").asText(""), target, panel);
    }
  }

  private void kind(String place, String type, boolean library) {
    if (library) {
      unsupported.add("%s is a library panel, and none are kept here".formatted(place));
    } else if (!PANELS.contains(type)) {
      unsupported.add(
          "%s has the type '%s', whose data are shown as a table".formatted(place, type));
    }
  }

  private void transformation(String place, String id) {
    if (!TRANSFORMATIONS.contains(id)) {
      unsupported.add("%s has the transformation '%s'".formatted(place, id));
    }
  }

  private void resource(JsonNode spec) {
    for (Map.Entry<String, JsonNode> element : spec.path("elements").properties()) {
      JsonNode panel = element.getValue().path("spec");
      String place = "panel '%s'".formatted(panel.path("title").asText(element.getKey()));
      JsonNode config = panel.path("vizConfig");
      kind(
          place,
          config.path("group").asText(config.path("kind").asText("")),
          element.getValue().path("kind").asText("").equals("LibraryPanel"));
      JsonNode data = panel.path("data").path("spec");
      for (JsonNode each : data.path("transformations")) {
        transformation(place, each.path("group").asText(each.path("kind").asText("")));
      }
      for (JsonNode each : data.path("queries")) {
        JsonNode query = each.path("spec").path("query");
        String type = query.path("group").asText(query.path("kind").asText(""));
        ask(place + " " + each.path("spec").path("refId").asText(""), type, query.path("spec"));
      }
    }
  }

  private void target(String place, JsonNode target, JsonNode panel) {
    JsonNode own = target.path("datasource");
    String type = type(own.isMissingNode() || own.isNull() ? panel.path("datasource") : own);
    ask(place, type.equals("mixed") ? type(own) : type, target);
  }

  private void ask(String place, String type, JsonNode target) {
    if (OTHERS.contains(type)) {
      return;
    }
    Language language = LANGUAGES.get(type);
    if (language == null) {
      unsupported.add("%s asks a data source of the type '%s'".formatted(place, type));
      return;
    }
    String text =
        switch (language) {
          case PROMQL, LOGQL -> target.path("expr").asText("");
          case TRACEQL -> target.path("query").asText("");
        };
    if (!text.isBlank()) {
      asked.add(new AskedText(place, language, text));
    }
  }

  /** The type of a data source as something refers to it; Prometheus where nothing does. */
  private String type(JsonNode reference) {
    if (reference.isObject()) {
      String type = reference.path("type").asText("");
      return !type.isEmpty() && Reference.at(type, 0) == null
          ? type
          : named(reference.path("uid").asText(""));
    }
    return named(reference.isTextual() ? reference.asText() : "");
  }

  private String named(String name) {
    Reference variable = name.isEmpty() ? null : Reference.at(name, 0);
    if (variable != null) {
      return sources.getOrDefault(variable.name(), "prometheus");
    }
    return switch (name) {
      case "", "default" -> "prometheus";
      case "-- Mixed --" -> "mixed";
      case "-- Grafana --" -> "grafana";
      case "-- Dashboard --" -> "dashboard";
      default -> {
        String word = name.toLowerCase(Locale.ROOT);
        yield LANGUAGES.containsKey(word) || OTHERS.contains(word) ? word : "prometheus";
      }
    };
  }

  private void variables() {
    for (JsonNode variable : Variables.list(document)) {
      JsonNode query = variable.path("query");
      String text = query.isObject() ? query.path("query").asText("") : query.asText("");
      boolean asks =
          variable.path("type").asText("").equals("query")
              && type(variable.path("datasource")).equals("prometheus");
      if (asks) {
        selector(text)
            .ifPresent(expression ->
                asked.add(
                    new AskedText(
                        "variable '%s'".formatted(variable.path("name").asText("")),
                        Language.PROMQL,
                        expression)));
      }
    }
  }

  /** The expression in {@code label_values(expression, label)} and {@code query_result(…)}. */
  private static Optional<String> selector(String query) {
    String text = query.strip();
    if (text.startsWith("query_result(") && text.endsWith(")")) {
      return Optional.of(text.substring("query_result(".length(), text.length() - 1));
    }
    int comma = text.lastIndexOf(',');
    return text.startsWith("label_values(") && comma > 0
        ? Optional.of(text.substring("label_values(".length(), comma))
        : Optional.empty();
  }
}
