package io.ghostworks.scrape.prometheusfile;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.Secret;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the HTTP client keys of a section, already checked by {@link HttpClientShape}, into
 * options.
 */
final class HttpClientSection {
  private static final String MANAGED =
      "there is no secret manager and the secret stays empty; use the key itself or its _file";

  private HttpClientSection() {}

  static HttpClientOptions read(ConfigMap map) {
    return new HttpClientOptions(
        map.map("basic_auth")
            .map(basic ->
                new HttpClientOptions.BasicAuth(
                    source(basic, "username"), source(basic, "password"))),
        authorization(map),
        tls(map.mapOrEmpty("tls_config")),
        headers(map.mapOrEmpty("http_headers")),
        new Given(map).flag("follow_redirects", true),
        new Given(map).flag("enable_http2", true));
  }

  /** Notes what such a section may ask for and no client here does. */
  static void reportWithoutEffect(ConfigMap map) {
    map.withoutEffect(
        "oauth2", "requests are sent without a token, as none is fetched by OAuth 2.0");
    for (String key : List.of("proxy_url", "no_proxy", "proxy_connect_header")) {
      map.withoutEffect(key, "requests go straight to their targets, not through a proxy");
    }
    if (map.bool("proxy_from_environment", false)) {
      map.withoutEffect(
          "proxy_from_environment", "requests go straight to their targets, not through a proxy");
    }
    reportTls(map.mapOrEmpty("tls_config"));
    reportManaged(map.mapOrEmpty("basic_auth"), "username_ref", "password_ref");
    reportManaged(map.mapOrEmpty("authorization"), "credentials_ref");
    reportManaged(map.mapOrEmpty("tls_config"), "ca_ref", "cert_ref", "key_ref");
  }

  private static void reportTls(ConfigMap map) {
    for (String key : List.of("cert", "cert_file", "key", "key_file")) {
      map.withoutEffect(key, "requests carry no client certificate");
    }
    map.withoutEffect("server_name", "the name in a server's certificate must be its host's");
    if (!List.of("", "TLS12").contains(map.string("min_version", ""))) {
      map.withoutEffect("min_version", "TLS 1.2 and 1.3 are spoken");
    }
    if (!List.of("", "TLS13").contains(map.string("max_version", ""))) {
      map.withoutEffect("max_version", "TLS 1.2 and 1.3 are spoken");
    }
  }

  private static void reportManaged(ConfigMap map, String... keys) {
    for (String key : keys) {
      map.withoutEffect(key, MANAGED);
    }
  }

  private static Optional<HttpClientOptions.Authorization> authorization(ConfigMap map) {
    if (map.has("authorization")) {
      ConfigMap own = map.mapOrEmpty("authorization");
      String type = own.string("type", "").strip();
      return Optional.of(
          new HttpClientOptions.Authorization(
              type.isEmpty() ? "Bearer" : type, source(own, "credentials")));
    }
    Optional<CredentialSource> bearer = source(map, "bearer_token");
    return bearer.map(token -> new HttpClientOptions.Authorization("Bearer", bearer));
  }

  private static HttpClientOptions.Tls tls(ConfigMap map) {
    return new HttpClientOptions.Tls(
        source(map, "ca"),
        source(map, "cert"),
        source(map, "key"),
        map.string("server_name", ""),
        map.bool("insecure_skip_verify", false),
        map.string("min_version", ""),
        map.string("max_version", ""));
  }

  private static Map<String, List<CredentialSource>> headers(ConfigMap map) {
    Map<String, List<CredentialSource>> headers = new LinkedHashMap<>();
    for (String name : map.keys()) {
      ConfigMap header = map.mapOrEmpty(name);
      List<CredentialSource> values = new ArrayList<>();
      header.strings("values").forEach(text -> values.add(inline(text)));
      header.secrets("secrets").forEach(secret -> values.add(new CredentialSource.Inline(secret)));
      header.strings("files").forEach(file -> values.add(file(map, file)));
      headers.put(name, values);
    }
    return headers;
  }

  /** What stands under {@code key}, or in the file under {@code key_file}. */
  private static Optional<CredentialSource> source(ConfigMap map, String key) {
    String text = map.findSecret(key).map(Secret::reveal).orElse("");
    if (!text.isEmpty()) {
      return Optional.of(inline(text));
    }
    String file = map.string(key + "_file", "");
    return file.isEmpty() ? Optional.empty() : Optional.of(file(map, file));
  }

  private static CredentialSource inline(String text) {
    return new CredentialSource.Inline(Secret.of(text));
  }

  /** Relative files are beside the file that names them. */
  private static CredentialSource file(ConfigMap map, String file) {
    if (!FilePattern.isPath(file)) {
      map.error("must name files without NUL characters", "");
      return inline("");
    }
    return new CredentialSource.FromFile(Path.of(map.position().file()).resolveSibling(file));
  }
}
