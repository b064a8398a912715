package io.ghostworks.server.files;

import io.ghostworks.config.Findings;
import io.ghostworks.config.WithoutEffect;
import io.ghostworks.scrape.prometheusfile.AlertmanagerTargets;
import io.ghostworks.scrape.prometheusfile.PrometheusFile;
import io.ghostworks.server.settings.ListenerName;
import io.ghostworks.server.settings.Settings;
import java.util.Set;

/**
 * Alerts go to this process's own notifications: every other Alertmanager that {@code
 * prometheus.yml} names is told nothing, and is named.
 */
final class OtherAlertmanagers {

  private static final Set<String> OWN_HOSTS = Set.of("alertmanager", "localhost", "127.0.0.1");

  private OtherAlertmanagers() {}

  static void report(PrometheusFile file, Settings settings, Findings findings) {
    for (AlertmanagerTargets targets : file.alertmanagers()) {
      for (String address : targets.addresses()) {
        if (!isOwn(address, settings)) {
          findings.withoutEffect(
              new WithoutEffect(
                  targets.position(),
                  targets.keyPath(),
                  "alerts are not sent to %s; they go to this process, which tells the receivers of the alertmanager.yml that ghostworks.yml names (files.alertmanager)"
                      .formatted(address)));
        }
      }
    }
  }

  private static boolean isOwn(String address, Settings settings) {
    int colon = address.lastIndexOf(':');
    String host = colon < 0 ? address : address.substring(0, colon);
    String port = colon < 0 ? "" : address.substring(colon + 1);
    return OWN_HOSTS.contains(host)
        && (port.isEmpty()
            || port.equals(Integer.toString(ListenerName.ALERTMANAGER.defaultPort())))
        && !settings.hosts().containsKey(address);
  }
}
