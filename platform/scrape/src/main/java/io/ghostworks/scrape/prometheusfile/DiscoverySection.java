package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys by which a section says where its targets come from: static_configs and every
 * *_sd_configs.
 */
final class DiscoverySection {
  private static final String STATIC_CONFIGS = "static_configs";

  private static final Shape STATIC =
      Shape.create().texts("targets").fields(DiscoverySection::checkLabelNames, "labels");

  /** The keys, each a list without empty elements. */
  static final Shape KEYS = keys();

  private DiscoverySection() {}

  /** The static targets of a section; mistakes have been reported by its shape. */
  static List<StaticTargets> staticTargets(ConfigMap map) {
    List<StaticTargets> targets = new ArrayList<>();
    for (ConfigMap element : map.maps(STATIC_CONFIGS)) {
      targets.add(new StaticTargets(element.strings("targets"), element.stringMap("labels")));
    }
    return targets;
  }

  /** Without relabelling that could mend it, a static address must not be a URL. */
  static void checkStaticAddresses(Given given) {
    if (!given.map().list("relabel_configs").isEmpty()) {
      return;
    }
    for (ConfigMap element : given.map().maps(STATIC_CONFIGS)) {
      for (String address : element.strings("targets")) {
        if (address.contains("/")) {
          element.error(
              "targets",
              "must have addresses of the form host:port, not '" + address + "'",
              "put the path into metrics_path and https into scheme");
        }
      }
    }
  }

  /** Notes every discovery that is asked for and not done. */
  static void reportWithoutEffect(ConfigMap map) {
    for (String key : DiscoveryShapes.ALL.keySet()) {
      map.withoutEffect(key, "its targets are not scraped; only static_configs are discovered");
    }
  }

  private static Shape keys() {
    Shape shape = Shape.create().fields((map, key) -> elements(map, key, STATIC), STATIC_CONFIGS);
    for (Map.Entry<String, Shape> mechanism : DiscoveryShapes.ALL.entrySet()) {
      shape.fields((map, key) -> elements(map, key, mechanism.getValue()), mechanism.getKey());
    }
    return shape;
  }

  private static void elements(ConfigMap map, String key, Shape shape) {
    for (ConfigNode node : map.list(key)) {
      if (node.isNull()) {
        map.findings().error(node, "must not be empty or null", "remove it");
      } else {
        shape.check(node, map.findings());
      }
    }
  }

  private static void checkLabelNames(ConfigMap map, String key) {
    map.stringMap(key);
    map.map(key)
        .ifPresent(labels -> {
          for (Entry entry : labels.node().entries()) {
            if (entry.key().text().isEmpty()) {
              map.findings().error(entry.key(), "must be a label's name", "");
            }
          }
        });
  }
}
