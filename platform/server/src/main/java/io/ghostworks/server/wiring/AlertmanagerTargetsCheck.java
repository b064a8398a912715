package io.ghostworks.server.wiring;

import io.ghostworks.config.ConfigError;
import io.ghostworks.config.ConfigException;
import io.ghostworks.scrape.prometheusfile.AlertmanagerTargets;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import java.util.Set;

/**
 * Alerts go to this process's own notifications: another Alertmanager in {@code prometheus.yml} is
 * refused.
 */
final class AlertmanagerTargetsCheck {

  private static final Set<String> OWN_HOSTS = Set.of("alertmanager", "localhost", "127.0.0.1");

  private AlertmanagerTargetsCheck() {}

  static void check(PrometheusFile file, Settings settings) {
    for (AlertmanagerTargets targets : file.alertmanagers()) {
      for (String address : targets.addresses()) {
        int colon = address.lastIndexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? "" : address.substring(colon + 1);
        boolean own =
            OWN_HOSTS.contains(host)
                && (port.isEmpty()
                    || port.equals(Integer.toString(ListenerName.ALERTMANAGER.defaultPort())))
                && !settings.hosts().containsKey(address);
        if (!own) {
          throw new ConfigException(
              ConfigError.at(
                  targets.position(),
                  targets.keyPath(),
                  "must be this process (alertmanager:9093): alerts are sent to no other Alertmanager",
                  address,
                  "name alertmanager.yml in ghostworks.yml (files.alertmanager) instead"));
        }
      }
    }
  }
}
