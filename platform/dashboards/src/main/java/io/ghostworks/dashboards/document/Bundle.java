package io.ghostworks.dashboards.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.JsonReader;
import io.ghostworks.config.ScalarKind;
import io.ghostworks.config.YamlReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/**
 * The dashboards of one text: a dashboard in JSON, resources in YAML, or Kubernetes ConfigMaps with
 * a dashboard under each key of {@code data} and {@code binaryData} that ends with {@code .json}.
 */
public final class Bundle {

  /** What Grafana's sidecar for dashboards looks for, by default. */
  public static final String LABEL = "grafana_dashboard";

  private static final List<String> FOLDER_ANNOTATIONS =
      List.of("grafana_folder", "grafana_dashboard_folder", "k8s-sidecar-target-directory");
  private static final Set<String> LISTS = Set.of("List", "ConfigMapList", "DashboardList");
  private static final String JSON_END = ".json";
  private static final int PARTS_MAX = 1_000;

  private final String file;
  private final String text;
  private final List<Part> parts = new ArrayList<>();

  private Bundle(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /**
   * One dashboard of a text.
   *
   * @param name of the file or key, without {@code .json}
   * @param labelled whether it does not come from a ConfigMap without the sidecar's label
   */
  public record Part(String name, DashboardDocument document, boolean labelled) {}

  /**
   * All dashboards of a text.
   *
   * @param file its name, with or without a folder
   */
  public static List<Part> read(String file, String text) throws DocumentException {
    Bundle bundle = new Bundle(file, text);
    String start = text.stripLeading();
    if (start.startsWith("{") || start.startsWith("[") || start.startsWith("\uFEFF{")) {
      bundle.json();
    } else {
      bundle.yaml();
    }
    return bundle.parts;
  }

  private void json() throws DocumentException {
    JsonNode tree = TreeJson.read(text);
    String kind = tree.path("kind").asText("");
    if (kind.equals("ConfigMap") || LISTS.contains(kind)) {
      try {
        object(JsonReader.read(file, text));
      } catch (ConfigException e) {
        throw new DocumentException(String.valueOf(e.getMessage()));
      }
      return;
    }
    add(baseName(file), DocumentReader.read(text, tree), true);
  }

  private void yaml() throws DocumentException {
    try {
      for (ConfigNode document : YamlReader.readAll(file, text)) {
        object(document);
      }
    } catch (ConfigException e) {
      throw new DocumentException(String.valueOf(e.getMessage()));
    }
  }

  private void object(ConfigNode node) throws DocumentException {
    if (!(node instanceof ConfigNode.MapNode map)) {
      return;
    }
    String kind = scalar(map, "kind");
    if (kind.equals("ConfigMap")) {
      configMap(map);
    } else if (LISTS.contains(kind)) {
      if (map.find("items").orElse(null) instanceof ConfigNode.ListNode items) {
        for (ConfigNode item : items.items()) {
          object(item);
        }
      }
    } else if (map.find("spec").isPresent() && kind.startsWith("Dashboard")) {
      add(baseName(file), DocumentReader.read(text, tree(map)), true);
    }
  }

  private void configMap(ConfigNode.MapNode map) throws DocumentException {
    ConfigNode.MapNode metadata = child(map, "metadata");
    boolean labelled = child(metadata, "labels").find(LABEL).isPresent();
    String folder = "";
    for (String annotation : FOLDER_ANNOTATIONS) {
      String value = scalar(child(metadata, "annotations"), annotation);
      folder = folder.isEmpty() ? value.substring(value.lastIndexOf('/') + 1) : folder;
    }
    for (ConfigNode.Entry entry : child(map, "data").entries()) {
      if (entry.value() instanceof ConfigNode.ScalarNode value) {
        entry(entry.key().text(), value.text(), folder, labelled);
      }
    }
    for (ConfigNode.Entry entry : child(map, "binaryData").entries()) {
      if (entry.value() instanceof ConfigNode.ScalarNode value) {
        entry(entry.key().text(), decoded(entry.key().text(), value.text()), folder, labelled);
      }
    }
  }

  private static String decoded(String key, String base64) throws DocumentException {
    try {
      return TreeJson.text(Base64.getMimeDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      throw new DocumentException("binaryData '%s' must be base64".formatted(key));
    }
  }

  private void entry(String key, String text, String folder, boolean labelled)
      throws DocumentException {
    if (!key.endsWith(JSON_END)) {
      return;
    }
    if (text.getBytes(StandardCharsets.UTF_8).length > TreeJson.BYTES_MAX) {
      throw new DocumentException(
          "a dashboard may have %d bytes, '%s' has more".formatted(TreeJson.BYTES_MAX, key));
    }
    DashboardDocument document;
    try {
      document = DocumentReader.read(text);
    } catch (DocumentException e) {
      throw new DocumentException("'%s' %s".formatted(key, e.getMessage()));
    }
    if (!folder.isEmpty()) {
      document =
          new DashboardDocument(
              document.form(),
              document.original(),
              document.json(),
              new DashboardDocument.Around("", folder));
    }
    add(baseName(key), document, labelled);
  }

  private void add(String name, DashboardDocument document, boolean labelled)
      throws DocumentException {
    if (parts.size() >= PARTS_MAX) {
      throw new DocumentException("a file may have %d dashboards".formatted(PARTS_MAX));
    }
    parts.add(new Part(name, document, labelled));
  }

  private static String baseName(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static ConfigNode.MapNode child(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.MapNode child
        ? child
        : new ConfigNode.MapNode(map.position(), map.keyPath(), List.of());
  }

  private static String scalar(ConfigNode.MapNode map, String key) {
    return map.find(key).orElse(null) instanceof ConfigNode.ScalarNode scalar && !scalar.isNull()
        ? scalar.text()
        : "";
  }

  private static JsonNode tree(ConfigNode node) {
    return switch (node) {
      case ConfigNode.MapNode map -> {
        ObjectNode object = TreeJson.object();
        map.entries().forEach(entry -> object.set(entry.key().text(), tree(entry.value())));
        yield object;
      }
      case ConfigNode.ListNode list -> {
        ArrayNode array = TreeJson.object().putArray("items");
        list.items().forEach(item -> array.add(tree(item)));
        yield array;
      }
      case ConfigNode.ScalarNode scalar -> value(scalar);
    };
  }

  private static JsonNode value(ConfigNode.ScalarNode scalar) {
    if (scalar.kind() == ScalarKind.NULL) {
      return TreeJson.object().nullNode();
    }
    if (scalar.kind() == ScalarKind.BOOLEAN) {
      return TreeJson.tree(scalar.text().equalsIgnoreCase("true"));
    }
    if (scalar.kind() == ScalarKind.INTEGER || scalar.kind() == ScalarKind.FLOAT) {
      try {
        return TreeJson.tree(new BigDecimal(scalar.text()));
      } catch (NumberFormatException e) {
        return TreeJson.tree(scalar.text()); // a form of YAML's own, as .inf
      }
    }
    return TreeJson.tree(scalar.text());
  }
}
