package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.Findings;
import io.ghostworks.config.shape.Given;
import io.ghostworks.config.shape.Shape;
import io.ghostworks.model.label.NameValidation;
import io.ghostworks.model.relabel.RelabelRule;
import io.ghostworks.wire.client.ClientSettingsShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The section alerting. Rules of prometheus config/config.go, AlertingConfig and
 * AlertmanagerConfig.
 */
final class AlertingSection {
  private static final Shape ALERTMANAGER =
      Shape.create()
          .text("scheme", "path_prefix")
          .duration("timeout")
          .choice("api_version", "v2")
          .section("sigv4", RemoteShapes.SIGV4)
          .fields(ConfigMap::list, "relabel_configs", "alert_relabel_configs")
          .inline(DiscoverySection.KEYS)
          .inline(ClientSettingsShape.CLIENT)
          .rule(AlertingSection::checkAuthentication)
          .rule(DiscoverySection::checkStaticAddresses);

  private static final Shape SHAPE =
      Shape.create().fields(ConfigMap::list, "alertmanagers", "alert_relabel_configs");

  /**
   * What the section says.
   *
   * @param relabelRules of all alerts that are sent
   */
  record Alerting(List<AlertmanagerTargets> alertmanagers, List<RelabelRule> relabelRules) {}

  private AlertingSection() {}

  static Alerting read(ConfigNode node, NameValidation names, Findings findings) {
    ConfigMap map = SHAPE.check(node, findings).map();
    List<RelabelRule> rules = RelabelSection.rules(map, "alert_relabel_configs", names);
    List<AlertmanagerTargets> targets = new ArrayList<>();
    for (ConfigNode element : map.list("alertmanagers")) {
      if (element.isNull()) {
        findings.error(element, "must not be empty or null", "remove it");
      } else {
        targets.add(alertmanager(element, names, findings));
      }
    }
    return new Alerting(targets, rules);
  }

  private static AlertmanagerTargets alertmanager(
      ConfigNode node, NameValidation names, Findings findings) {
    Given given = ALERTMANAGER.check(node, findings);
    ConfigMap map = given.map();
    RelabelSection.rules(map, "relabel_configs", names);
    RelabelSection.rules(map, "alert_relabel_configs", names);
    map.withoutEffect("relabel_configs", "alerts go to this process, whatever its address");
    map.withoutEffect(
        "alert_relabel_configs",
        "only alerting.alert_relabel_configs change alerts, as they all go to this process");
    List<String> addresses = new ArrayList<>();
    DiscoverySection.staticTargets(map).forEach(group -> addresses.addAll(group.addresses()));
    return new AlertmanagerTargets(
        node.position(),
        node.keyPath(),
        given.text("scheme", "http"),
        given.text("path_prefix"),
        addresses);
  }

  private static void checkAuthentication(Given given) {
    boolean other =
        given.has("basic_auth")
            || given.has("authorization")
            || given.has("oauth2")
            || given.filled("bearer_token")
            || given.filled("bearer_token_file");
    if (other && given.has("sigv4")) {
      given.refuse("sigv4", "at most one of basic_auth, authorization, oauth2, sigv4 may be given");
    }
  }
}
