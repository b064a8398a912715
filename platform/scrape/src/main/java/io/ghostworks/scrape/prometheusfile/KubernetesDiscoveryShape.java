package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The section kubernetes_sd_configs. Rules of prometheus discovery/kubernetes. */
final class KubernetesDiscoveryShape {
  private static final String[] ROLES = {
    "pod", "service", "endpoints", "endpointslice", "node", "ingress"
  };
  private static final Map<String, List<String>> SELECTOR_ROLES =
      Map.of(
          "pod", List.of("pod", "node"),
          "service", List.of("service"),
          "endpointslice", List.of("pod", "service", "endpointslice"),
          "endpoints", List.of("pod", "service", "endpoints"),
          "node", List.of("node"),
          "ingress", List.of("ingress"));

  static final Shape SHAPE =
      Shape.create()
          .url("api_server")
          .text("role", "kubeconfig_file")
          .section("namespaces", Shape.create().flag("own_namespace").texts("names"))
          .sections("selectors", Shape.create().choice("role", ROLES).text("label", "field"))
          .section(
              "attach_metadata",
              Shape.create().flag("node", "namespace", "deployment", "job", "cronjob"))
          .inline(ClientSettingsShape.CLIENT)
          .rule(KubernetesDiscoveryShape::checkAccess)
          .rule(KubernetesDiscoveryShape::checkSelectors);

  private KubernetesDiscoveryShape() {}

  private static void checkAccess(Given given) {
    if (!List.of(ROLES).contains(given.text("role"))) {
      given.refuse("role", "must be one of " + String.join(", ", ROLES));
    }
    boolean apiServer = given.has("api_server");
    boolean kubeconfig = given.filled("kubeconfig_file");
    boolean ownNamespace = given.section("namespaces").flag("own_namespace", false);
    if (apiServer && kubeconfig) {
      given.refuse("kubeconfig_file", "must not be given together with api_server");
    }
    if (ClientSettingsShape.isCustom(given)) {
      if (kubeconfig) {
        given.refuse("kubeconfig_file", "must not be given together with HTTP client settings");
      }
      if (!apiServer) {
        given.refuse("api_server", "must be given where there are HTTP client settings");
      }
    }
    if (ownNamespace && (apiServer || kubeconfig)) {
      given.refuse(
          "namespaces", "must not have own_namespace together with api_server or kubeconfig_file");
    }
  }

  private static void checkSelectors(Given given) {
    List<String> allowed = SELECTOR_ROLES.getOrDefault(given.text("role"), List.of());
    Set<String> seen = new HashSet<>();
    for (ConfigMap map : given.map().maps("selectors")) {
      Given selector = new Given(map);
      String role = selector.text("role");
      if (!seen.add(role)) {
        selector.refuse("role", "must not be the role of another selector too");
      }
      if (!allowed.contains(role)) {
        selector.refuse(
            "role",
            "must be one of "
                + String.join(", ", allowed)
                + " where the discovered role is "
                + given.text("role"));
      }
      KubernetesSelectors.fieldSelectorProblem(selector.text("field"))
          .ifPresent(problem -> selector.refuse("field", "must be a field selector: " + problem));
      KubernetesSelectors.labelSelectorProblem(selector.text("label"))
          .ifPresent(problem -> selector.refuse("label", "must be a label selector: " + problem));
    }
  }
}
