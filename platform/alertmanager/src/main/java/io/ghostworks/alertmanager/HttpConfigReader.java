package io.ghostworks.alertmanager;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads {@code http_config} sections (prometheus/common {@code config/http_config.go}). */
final class HttpConfigReader {

  private HttpConfigReader() {}

  /** The settings of a section; TLS, proxies and OAuth 2 are reported as not done. */
  static AlertmanagerConfig.HttpSettings read(ConfigMap map) {
    map.know("enable_http2");
    map.unsupported("tls_config", "requests use the machine's trusted certificates");
    map.unsupported("oauth2", "use authorization or basic_auth");
    for (String key :
        List.of("proxy_url", "no_proxy", "proxy_from_environment", "proxy_connect_header")) {
      map.unsupported(key, "requests are sent without a proxy");
    }
    boolean follow = map.bool("follow_redirects", true);
    String type = "";
    @Nullable Secret credentials = null;
    String file = "";
    int ways = 0;
    if (map.has("basic_auth")) {
      ways++;
      type = "Basic";
      credentials = basic(map.mapOrEmpty("basic_auth"));
    }
    if (map.has("bearer_token") || map.has("bearer_token_file")) {
      ways++;
      type = "Bearer";
      credentials = map.findSecret("bearer_token").orElse(null);
      file = map.string("bearer_token_file", "");
    }
    if (map.has("authorization")) {
      ways++;
      ConfigMap authorization = map.mapOrEmpty("authorization");
      type = authorization.string("type", "Bearer");
      credentials = authorization.findSecret("credentials").orElse(null);
      file = authorization.string("credentials_file", "");
      authorization.unsupported("credentials_ref", "use credentials or credentials_file");
      if (credentials != null && !file.isEmpty()) {
        authorization.error(
            "credentials", "at most one of credentials & credentials_file must be configured", "");
      }
      authorization.rejectUnknownKeys();
    }
    if (ways > 1) {
      map.error(
          "at most one of basic_auth, oauth2, bearer_token & bearer_token_file, authorization must be configured",
          "");
    }
    List<Map.Entry<String, String>> headers = headers(map);
    map.know("basic_auth", "authorization", "bearer_token", "bearer_token_file");
    map.rejectUnknownKeys();
    return new AlertmanagerConfig.HttpSettings(type, credentials, file, follow, headers);
  }

  private static Secret basic(ConfigMap map) {
    map.unsupported("username_file", "use username");
    map.unsupported("username_ref", "use username");
    map.unsupported("password_file", "use authorization with credentials_file");
    map.unsupported("password_ref", "use password");
    String user = map.string("username", "");
    String password = map.findSecret("password").map(Secret::reveal).orElse("");
    map.rejectUnknownKeys();
    return Secret.of(
        Base64.getEncoder()
            .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Map.Entry<String, String>> headers(ConfigMap map) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    ConfigMap all = map.mapOrEmpty("http_headers");
    for (String name : all.keys()) {
      ConfigMap header = all.mapOrEmpty(name);
      header.strings("values").forEach(value -> headers.add(Map.entry(name, value)));
      header.strings("secrets").forEach(value -> headers.add(Map.entry(name, value)));
      header.unsupported("files", "use values or secrets");
      header.rejectUnknownKeys();
    }
    return headers;
  }
}
