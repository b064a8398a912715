package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Secret;
import io.ghostworks.wire.client.ClientSettings;
import io.ghostworks.wire.client.ClientSettingsReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads the fields that kinds of receivers have in common from one entry of a section, with the
 * global section's settings in the place of missing ones. {@link #end} comes last.
 */
final class ReceiverFields {
  private static final String HOST_RULE =
      "a host may have letters, digits, hyphens and dots, no underscore; give the service an alias";

  private final ConfigMap map;
  private final ConfigMap global;

  ReceiverFields(ConfigMap map, ConfigMap global) {
    this.map = map;
    this.global = global;
  }

  ConfigMap map() {
    return map;
  }

  boolean sendResolved(boolean absent) {
    return map.bool("send_resolved", absent);
  }

  /** The entry's {@code http_config}, or the global one. */
  ClientSettings http() {
    return map.map("http_config")
        .or(() -> global.map("http_config"))
        .map(ClientSettingsReader::checked)
        .orElse(ClientSettings.DEFAULT);
  }

  /** The same; an own {@code http_config} without a {@code proxy_url} has the global one's. */
  ClientSettings httpByGlobalProxy() {
    ClientSettings own = http();
    String proxy = map.mapOrEmpty("http_config").has("proxy_url") ? "" : globalProxy();
    if (!map.has("http_config") || proxy.isEmpty()) {
      return own;
    }
    ClientSettings.Proxy with =
        new ClientSettings.Proxy(
            Secret.of(proxy),
            own.proxy().noProxy(),
            own.proxy().fromEnvironment(),
            own.proxy().connectHeaders());
    return new ClientSettings(
        own.basicAuth(),
        own.authorization(),
        own.oauth2(),
        own.tls(),
        with,
        own.headers(),
        own.followRedirects(),
        own.enableHttp2());
  }

  private String globalProxy() {
    return global.mapOrEmpty("http_config").findSecret("proxy_url").map(Secret::reveal).orElse("");
  }

  /** The {@code timeout} of one notification; zero for none. */
  Duration timeout() {
    return map.duration("timeout", DurationForm.GO, Duration.ZERO);
  }

  /** A text, mostly a template; null is "". */
  String text(String key, String absent) {
    return isNull(map, key) ? "" : map.string(key, absent);
  }

  /** A text; where it is missing or empty the global one; else the default. */
  String text(String key, String globalKey, String absent) {
    String own = map.string(key, "");
    return own.isEmpty() ? global.string(globalKey, absent) : own;
  }

  /** What stands under {@code key} or in the file under {@code key_file}: at most one of both. */
  Optional<CredentialSource> secret(String key) {
    return secret(map, key);
  }

  /** The same, of which one must be there. */
  CredentialSource requiredSecret(String key) {
    Optional<CredentialSource> own = secret(key);
    if (own.isEmpty()) {
      map.error("one of %s or %s_file must be configured".formatted(key, key), "");
    }
    return own.orElse(CredentialSource.NONE);
  }

  /** An address that is a secret, of which one must be there. */
  CredentialSource requiredSecretUrl(String key) {
    url(map, key);
    return requiredSecret(key);
  }

  /** The same, or else the global one. */
  CredentialSource secretUrl(String key, String globalKey, String message) {
    url(map, key);
    url(global, globalKey);
    return secret(key, globalKey, message);
  }

  /** A secret of the global section, with its {@code _file}. */
  Optional<CredentialSource> globalSecret(String globalKey) {
    return secret(global, globalKey);
  }

  /**
   * A secret of the entry, or else the global one.
   *
   * @param message the mistake where there is neither
   */
  CredentialSource secret(String key, String globalKey, String message) {
    Optional<CredentialSource> found = secret(key).or(() -> globalSecret(globalKey));
    if (found.isEmpty()) {
      map.error(message, "");
    }
    return found.orElse(CredentialSource.NONE);
  }

  /** The address of a service: the entry's, the global one, or the default; "" for none. */
  String url(String key, String globalKey, String absent) {
    String own = url(map, key);
    if (!own.isEmpty()) {
      return own;
    }
    String inherited = globalKey.isEmpty() ? "" : url(global, globalKey);
    return inherited.isEmpty() ? absent : inherited;
  }

  /** Notes a mistake of a value that may be secret. */
  void refuseWithoutValue(String key, String rule) {
    refuseWithoutValue(map, key, rule);
  }

  private static void refuseWithoutValue(ConfigMap map, String key, String rule) {
    map.find(key).ifPresent(node -> map.findings().errorWithoutValue(node, rule, ""));
  }

  /** Every key that was not read is a mistake. */
  void end() {
    map.rejectUnknownKeys();
  }

  /** Whether a key has a value other than null and an empty text. */
  static boolean isFilled(ConfigMap map, String key) {
    return map.find(key)
        .filter(
            value -> !(value instanceof ConfigNode.ScalarNode scalar && scalar.text().isEmpty()))
        .isPresent();
  }

  private static boolean isNull(ConfigMap map, String key) {
    return map.findIncludingNull(key).filter(ConfigNode::isNull).isPresent();
  }

  private static String url(ConfigMap map, String key) {
    String text = map.findSecret(key).map(Secret::reveal).orElse("");
    problem(text).ifPresent(rule -> refuseWithoutValue(map, key, rule));
    return text;
  }

  /** Why a text is no address of a service; empty where it is one, or "". */
  static Optional<String> problem(String url) {
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI uri = new URI(url);
      String scheme = String.valueOf(uri.getScheme());
      if (!scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https")) {
        return Optional.of("must be a URL: unsupported scheme for URL, must be http or https");
      }
      if (uri.getRawAuthority() == null) {
        return Optional.of("must be a URL: missing host for URL");
      }
      return uri.getHost() == null ? Optional.of("must be a URL: " + HOST_RULE) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.of("must be a URL");
    }
  }

  private static Optional<CredentialSource> secret(ConfigMap map, String key) {
    Optional<Secret> inline = map.findSecret(key).filter(secret -> !secret.isEmpty());
    String file = map.string(key + "_file", "");
    if (inline.isPresent() && !file.isEmpty()) {
      map.error(
          key + "_file", "at most one of %s & %s_file must be configured".formatted(key, key), "");
    }
    if (inline.isPresent()) {
      return inline.map(CredentialSource.Inline::new);
    }
    return file.isEmpty() ? Optional.empty() : Optional.of(file(map, key + "_file", file));
  }

  /** A file beside the one that names it, unless its path is absolute. */
  private static CredentialSource file(ConfigMap map, String key, String file) {
    try {
      return new CredentialSource.FromFile(Path.of(map.position().file()).resolveSibling(file));
    } catch (InvalidPathException e) {
      map.error(key, "must be a path of a file", "");
      return CredentialSource.NONE;
    }
  }
}
