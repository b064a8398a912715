package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;

/** What the HTTP client keys of a section may ask for without effect. */
final class HttpClientSection {
  private static final String MANAGED =
      "there is no secret manager and the secret stays empty; use the key itself or its _file";

  private HttpClientSection() {}

  /** Notes what such a section may ask for and no client here does. */
  static void reportWithoutEffect(ConfigMap map) {
    reportManaged(map.mapOrEmpty("basic_auth"), "username_ref", "password_ref");
    reportManaged(map.mapOrEmpty("authorization"), "credentials_ref");
    reportManaged(map.mapOrEmpty("tls_config"), "ca_ref", "cert_ref", "key_ref");
    ConfigMap oauth2 = map.mapOrEmpty("oauth2");
    reportManaged(oauth2, "client_secret_ref", "client_certificate_key_ref");
    reportManaged(oauth2.mapOrEmpty("tls_config"), "ca_ref", "cert_ref", "key_ref");
  }

  private static void reportManaged(ConfigMap map, String... keys) {
    for (String key : keys) {
      map.withoutEffect(key, MANAGED);
    }
  }
}
