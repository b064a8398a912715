package io.ghostworks.wire.client;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.GoYaml;
import io.ghostworks.config.Secret;
import io.ghostworks.config.shape.Given;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the HTTP client keys of a section, checked by {@link ClientSettingsShape}, into settings.
 */
public final class ClientSettingsReader {

  private ClientSettingsReader() {}

  /** Checks a section of its own, and reads it. */
  public static ClientSettings checked(ConfigMap map) {
    ClientSettingsShape.CLIENT.check(map.node(), map.findings());
    refuseManaged(map.mapOrEmpty("basic_auth"), "username_ref", "password_ref");
    refuseManaged(map.mapOrEmpty("authorization"), "credentials_ref");
    ConfigMap oauth2 = map.mapOrEmpty("oauth2");
    refuseManaged(oauth2, "client_secret_ref", "client_certificate_key_ref");
    refuseManaged(oauth2.mapOrEmpty("tls_config"), "ca_ref", "cert_ref", "key_ref");
    refuseManaged(map.mapOrEmpty("tls_config"), "ca_ref", "cert_ref", "key_ref");
    return read(map);
  }

  /** Checks a section {@code tls_config}, and reads it. */
  public static ClientSettings.Tls checkedTls(ConfigMap map) {
    ClientSettingsShape.TLS.check(map.node(), map.findings());
    refuseManaged(map, "ca_ref", "cert_ref", "key_ref");
    return tls(map);
  }

  private static void refuseManaged(ConfigMap map, String... keys) {
    for (String key : keys) {
      map.unsupported(key, "there is no secret manager; use the key itself or its _file");
    }
  }

  /** Reads keys that are checked already. */
  public static ClientSettings read(ConfigMap map) {
    return new ClientSettings(
        map.map("basic_auth")
            .map(basic ->
                new ClientSettings.BasicAuth(source(basic, "username"), source(basic, "password"))),
        authorization(map),
        map.map("oauth2").map(ClientSettingsReader::oauth2),
        tls(map.mapOrEmpty("tls_config")),
        proxy(map),
        headers(map.mapOrEmpty("http_headers")),
        new Given(map).flag("follow_redirects", true),
        new Given(map).flag("enable_http2", true));
  }

  private static Optional<ClientSettings.Authorization> authorization(ConfigMap map) {
    if (map.has("authorization")) {
      ConfigMap own = map.mapOrEmpty("authorization");
      String type = own.string("type", "").strip();
      return Optional.of(
          new ClientSettings.Authorization(
              type.isEmpty() ? "Bearer" : type, source(own, "credentials")));
    }
    Optional<CredentialSource> bearer = source(map, "bearer_token");
    return bearer.map(token -> new ClientSettings.Authorization("Bearer", bearer));
  }

  private static ClientSettings.OAuth2 oauth2(ConfigMap map) {
    boolean byAssertion = map.string("grant_type", "").equals(ClientSettingsShape.JWT_BEARER);
    return new ClientSettings.OAuth2(
        map.string("client_id", ""),
        source(map, byAssertion ? "client_certificate_key" : "client_secret"),
        byAssertion ? Optional.of(assertion(map)) : Optional.empty(),
        map.strings("scopes"),
        map.string("token_url", ""),
        map.stringMap("endpoint_params"),
        tls(map.mapOrEmpty("tls_config")),
        proxy(map));
  }

  private static ClientSettings.Assertion assertion(ConfigMap map) {
    String algorithm = map.string("signature_algorithm", "");
    Map<String, @Nullable Object> claims = new LinkedHashMap<>();
    ConfigMap given = map.mapOrEmpty("claims");
    for (String name : given.keys()) {
      given.findIncludingNull(name).ifPresent(node -> claims.put(name, GoYaml.value(node)));
    }
    return new ClientSettings.Assertion(
        map.string("client_certificate_key_id", ""),
        algorithm.isEmpty() ? "RS256" : algorithm,
        map.string("iss", ""),
        map.string("audience", ""),
        claims);
  }

  private static ClientSettings.Tls tls(ConfigMap map) {
    return new ClientSettings.Tls(
        source(map, "ca"),
        source(map, "cert"),
        source(map, "key"),
        map.string("server_name", ""),
        map.bool("insecure_skip_verify", false),
        map.string("min_version", ""),
        map.string("max_version", ""));
  }

  private static ClientSettings.Proxy proxy(ConfigMap map) {
    ConfigMap connect = map.mapOrEmpty("proxy_connect_header");
    Map<String, List<Secret>> headers = new LinkedHashMap<>();
    connect.keys().forEach(name -> headers.put(name, connect.secrets(name)));
    return new ClientSettings.Proxy(
        map.findSecret("proxy_url").orElse(Secret.of("")),
        map.string("no_proxy", ""),
        map.bool("proxy_from_environment", false),
        headers);
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
    try {
      return new CredentialSource.FromFile(Path.of(map.position().file()).resolveSibling(file));
    } catch (InvalidPathException e) {
      map.error("must name files without NUL characters", "");
      return CredentialSource.NONE;
    }
  }
}
