package io.ghostworks.dashboards.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.dashboards.conformance.AskedText.Language;
import io.ghostworks.dashboards.document.DashboardDocument;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The variables of a dashboard with the values that were saved with it, and Grafana's own ones for
 * a range of an hour. {@code $name}, {@code [[name:format]]} and {@code ${name.field:format}}
 * become text as Grafana's {@code templateSrv} and the data source of the language make it.
 */
final class Variables {

  private static final String ALL = "$__all";
  private static final String AUTO = "$__auto";
  private static final String ANY = ".*";

  /** An hour with a step of a minute, scraped every 15 seconds. */
  private static final Map<String, String> OWN =
      Map.ofEntries(
          Map.entry("__interval", "1m"),
          Map.entry("__interval_ms", "60000"),
          Map.entry("__rate_interval", "2m"),
          Map.entry("__rate_interval_ms", "120000"),
          Map.entry("__range", "3600s"),
          Map.entry("__range_s", "3600"),
          Map.entry("__range_ms", "3600000"),
          Map.entry("__from", "1700000000000"),
          Map.entry("__to", "1700003600000"),
          Map.entry("__auto", "1m"),
          Map.entry("__dashboard", "dashboard"),
          Map.entry("__name", "name"),
          Map.entry("__org", "1"),
          Map.entry("__user", "1"),
          Map.entry("__timezone", "utc"),
          Map.entry("timeFilter", "time > now() - 1h"),
          Map.entry("__timeFilter", "time > now() - 1h"));

  private final Map<String, Value> values = new HashMap<>();

  /**
   * What a variable is.
   *
   * @param several whether it may have more than one value, or all
   * @param raw whether its text is used as it is, as that of {@code allValue}
   */
  private record Value(List<String> texts, boolean several, boolean raw) {}

  private Variables() {}

  /** The variables of a dashboard. */
  static Variables of(DashboardDocument document) {
    Variables variables = new Variables();
    document
        .inputs()
        .forEach(input ->
            variables.values.put(
                input.path("name").asText(""),
                new Value(List.of(input.path("value").asText("prometheus")), false, true)));
    for (JsonNode variable : list(document)) {
      variables.values.put(variable.path("name").asText(""), value(variable));
    }
    return variables;
  }

  /** The variables as they are written; in a resource what is below their {@code spec}. */
  static List<JsonNode> list(DashboardDocument document) {
    List<JsonNode> list = new ArrayList<>();
    ObjectNode json = document.json();
    json.path("templating").path("list").forEach(list::add);
    json.path("spec").path("variables").forEach(variable -> list.add(variable.path("spec")));
    return list;
  }

  private static Value value(JsonNode variable) {
    boolean several =
        variable.path("multi").asBoolean(false) || variable.path("includeAll").asBoolean(false);
    List<String> saved = texts(variable.path("current").path("value"));
    if (saved.isEmpty()) {
      saved = first(variable);
    }
    if (saved.contains(ALL)) {
      String all = variable.path("allValue").asText("");
      List<String> options = options(variable);
      return all.isEmpty() && !options.isEmpty()
          ? new Value(options, true, false)
          : new Value(List.of(all.isEmpty() ? ANY : all), several, true);
    }
    return new Value(
        saved.stream().map(text -> text.startsWith(AUTO) ? "1m" : text).toList(), several, false);
  }

  private static List<String> texts(JsonNode value) {
    List<String> texts = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(each -> texts.add(each.asText("")));
    } else if (value.isValueNode() && !value.isNull()) {
      texts.add(value.asText(""));
    }
    return texts;
  }

  /** What Grafana would choose first: an option, or the first of a list that is written down. */
  private static List<String> first(JsonNode variable) {
    List<String> options = options(variable);
    if (!options.isEmpty()) {
      return List.of(options.getFirst());
    }
    String query = variable.path("query").isTextual() ? variable.path("query").asText() : "";
    return switch (variable.path("type").asText("")) {
      case "interval", "custom" -> List.of(query.split(",", 2)[0].strip());
      case "constant", "textbox", "datasource" -> List.of(query);
      default -> List.of("");
    };
  }

  private static List<String> options(JsonNode variable) {
    List<String> options = new ArrayList<>();
    for (JsonNode option : variable.path("options")) {
      String value = option.path("value").asText("");
      if (!value.isEmpty() && !value.equals(ALL)) {
        options.add(value.startsWith(AUTO) ? "1m" : value);
      }
    }
    return options;
  }

  /** Whether there is a variable of that name. */
  boolean has(String name) {
    return values.containsKey(name) || OWN.containsKey(name);
  }

  /** A text with all variables filled in; those that nobody knows stay. */
  String fill(String text, Language language) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      Reference reference = Reference.at(text, at);
      if (reference == null || !has(reference.name())) {
        out.append(text.charAt(at++));
      } else {
        out.append(text(reference, language));
        at = reference.end();
      }
    }
    return out.toString();
  }

  private String text(Reference reference, Language language) {
    Value value = values.get(reference.name());
    if (value == null) {
      return OWN.getOrDefault(reference.name(), "");
    }
    if (value.raw && reference.format().isEmpty()) {
      return value.texts.getFirst();
    }
    return reference.format().isEmpty()
        ? plain(value, language)
        : formatted(value.texts, reference.format());
  }

  private static String plain(Value value, Language language) {
    if (language == Language.TRACEQL) {
      return value.texts.size() == 1
          ? value.texts.getFirst()
          : "(" + String.join("|", value.texts) + ")";
    }
    if (!value.several) {
      return value.texts.getFirst().replace("\\", "\\\\").replace("'", "\\\\'");
    }
    List<String> escaped = value.texts.stream().map(Variables::special).toList();
    String joined = String.join("|", escaped);
    return language == Language.PROMQL && escaped.size() > 1 ? "(" + joined + ")" : joined;
  }

  /** A value as a part of a regular expression inside quotes. */
  private static String special(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        out.append("\\\\\\\\");
      } else if (c == '\'') {
        out.append("\\\\'");
      } else {
        out.append("$^*{}[]+?.()|".indexOf(c) >= 0 ? "\\\\" : "").append(c);
      }
    }
    return out.toString();
  }

  private static String formatted(List<String> texts, String format) {
    return switch (format) {
      case "regex" -> {
        String joined = joined(texts, Variables::regex, "|");
        yield texts.size() > 1 ? "(" + joined + ")" : joined;
      }
      case "pipe" -> String.join("|", texts);
      case "glob" ->
          texts.size() > 1 ? "{" + String.join(",", texts) + "}" : String.join(",", texts);
      case "json" -> joined(texts, text -> '"' + text.replace("\"", "\\\"") + '"', ",");
      case "doublequote" -> joined(texts, text -> '"' + text.replace("\"", "\\\"") + '"', ",");
      case "singlequote" -> joined(texts, text -> "'" + text.replace("'", "\\'") + "'", ",");
      case "sqlstring" -> joined(texts, text -> "'" + text.replace("'", "''") + "'", ",");
      case "percentencode", "uriencode" ->
          URLEncoder.encode(String.join(",", texts), StandardCharsets.UTF_8);
      default -> String.join(",", texts); // csv, raw, text and what is not known
    };
  }

  private static String joined(List<String> texts, Function<String, String> each, String between) {
    return texts.stream().map(each).collect(Collectors.joining(between));
  }

  private static String regex(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      out.append("\\^$.*+?()[]{}/|".indexOf(c) >= 0 ? "\\" : "").append(c);
    }
    return out.toString();
  }
}
