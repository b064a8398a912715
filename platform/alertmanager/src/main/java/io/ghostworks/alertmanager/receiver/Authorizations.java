package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.ConfigMap;

/** What counts as an authorization of a receiver's own in Alertmanager's checks. */
final class Authorizations {

  private Authorizations() {}

  /** Whether the entry's {@code http_config} has one; a bearer token becomes one. */
  static boolean isGiven(ConfigMap map) {
    ConfigMap http = map.mapOrEmpty("http_config");
    return http.has("authorization") || http.has("bearer_token") || http.has("bearer_token_file");
  }
}
