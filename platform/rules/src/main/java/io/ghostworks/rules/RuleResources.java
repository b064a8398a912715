package io.ghostworks.rules;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The {@code PrometheusRule} resources of the Prometheus Operator in a document as {@code kubectl}
 * writes it: one resource, or a {@code List} (also {@code PrometheusRuleList}) of them.
 */
final class RuleResources {

  private static final String KIND = "PrometheusRule";
  private static final Set<String> LISTS = Set.of("List", "PrometheusRuleList");
  private static final String GROUP = "monitoring.coreos.com/";

  private RuleResources() {}

  /**
   * One resource.
   *
   * @param name its namespace, a slash and its name; without a namespace its name
   * @param spec what a rule file holds at its top
   */
  record Resource(String name, ConfigMap spec) {}

  /** Whether a document says that it is a resource of Kubernetes. */
  static boolean isResource(ConfigNode document) {
    return document instanceof ConfigNode.MapNode map
        && map.find("kind").isPresent()
        && map.find("groups").isEmpty();
  }

  /** The resources of a document, each under a name of its own; mistakes go to the findings. */
  static List<Resource> of(ConfigNode document, Findings findings) {
    List<Resource> found = new ArrayList<>();
    add(document, findings, found, new HashSet<>());
    return found;
  }

  private static void add(
      ConfigNode document, Findings findings, List<Resource> found, Set<String> names) {
    ConfigMap map = ConfigMap.of(document, findings);
    String kind = map.requiredString("kind");
    String version = map.requiredString("apiVersion");
    if (LISTS.contains(kind)) {
      for (ConfigNode item : map.list("items")) {
        add(item, findings, found, names);
      }
      map.know("metadata");
    } else if (kind.equals(KIND)) {
      if (!version.startsWith(GROUP)) {
        map.error("apiVersion", "must be monitoring.coreos.com/v1", "");
      }
      String name = name(map.mapOrEmpty("metadata"));
      if (!names.add(name)) {
        map.error("metadata", "must name another resource than those before", "");
      }
      found.add(new Resource(name, map.mapOrEmpty("spec")));
      map.know("status");
    } else {
      map.error("kind", "must be PrometheusRule or List", "");
      return;
    }
    map.rejectUnknownKeys();
  }

  private static String name(ConfigMap metadata) {
    String namespace = metadata.string("namespace", "");
    String name = metadata.requiredString("name");
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
