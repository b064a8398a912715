package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.Position;
import java.util.List;

/**
 * One element of alerting.alertmanagers.
 *
 * @param addresses of its static_configs, as host:port
 */
public record AlertmanagerTargets(
    Position position, String keyPath, String scheme, String pathPrefix, List<String> addresses) {

  public AlertmanagerTargets {
    addresses = List.copyOf(addresses);
  }
}
