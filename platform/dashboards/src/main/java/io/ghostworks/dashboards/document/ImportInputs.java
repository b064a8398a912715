package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Fills in what a shared dashboard asks for: {@code ${NAME}} in any text becomes the value of the
 * input of that name, as Grafana's {@code DashTemplateEvaluator} does it. An input without a given
 * value takes the data source of its kind in this process, or the value that it brings along.
 */
public final class ImportInputs {

  /** Data sources of this process, by the type that dashboards name. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "prometheus", "prometheus",
          "loki", "loki",
          "tempo", "tempo",
          "jaeger", "jaeger",
          "alertmanager", "alertmanager",
          "grafana", "grafana",
          "datasource", "grafana",
          "__expr__", "__expr__");

  private final Map<String, String> values = new HashMap<>();
  private final List<String> missing = new ArrayList<>();

  private ImportInputs() {}

  /**
   * The values of a dashboard's inputs.
   *
   * @param given values by name
   */
  public static ImportInputs of(DashboardDocument document, Map<String, String> given) {
    ImportInputs inputs = new ImportInputs();
    for (ObjectNode input : document.inputs()) {
      String name = DashboardDocument.text(input.path("name"));
      String value = given.getOrDefault(name, resolved(input));
      if (value.isEmpty()) {
        inputs.missing.add(name);
      } else {
        var _ = inputs.values.put("${" + name + "}", value);
      }
    }
    return inputs;
  }

  /** What an input is without a given value; "" if nobody knows. */
  public static String resolved(ObjectNode input) {
    String plugin = DashboardDocument.text(input.path("pluginId"));
    String own = DashboardDocument.text(input.path("value"));
    return DashboardDocument.text(input.path("type")).equals("datasource")
        ? SOURCES.getOrDefault(plugin, own)
        : own;
  }

  /** The names of inputs that have no value. */
  public List<String> missing() {
    return List.copyOf(missing);
  }

  /** The dashboard with all values filled in and without {@code __inputs}. */
  public DashboardDocument fill(DashboardDocument document) {
    if (document.inputs().isEmpty()) {
      return document;
    }
    ObjectNode filled = (ObjectNode) filled(document.json());
    var _ = filled.remove("__inputs");
    return document.with(filled);
  }

  private JsonNode filled(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = TreeJson.object();
        object.properties().forEach(each -> copy.set(each.getKey(), filled(each.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = TreeJson.object().arrayNode();
        array.forEach(each -> copy.add(filled(each)));
        yield copy;
      }
      default -> node.isTextual() ? TreeJson.tree(filled(node.textValue())) : node;
    };
  }

  private String filled(String text) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int at = text.indexOf("${"); at >= 0; at = text.indexOf("${", at + 1)) {
      int end = text.indexOf('}', at);
      String value = end < 0 ? null : values.get(text.substring(at, end + 1));
      if (at >= from && value != null) {
        out.append(text, from, at).append(value);
        from = end + 1;
      }
    }
    return out.append(text, from, text.length()).toString();
  }
}
