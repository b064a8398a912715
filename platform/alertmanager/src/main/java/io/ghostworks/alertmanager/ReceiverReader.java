package io.ghostworks.alertmanager;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the receivers that this version tells, with the global section's settings as defaults. */
final class ReceiverReader {

  private static final Set<String> THREADING = Set.of("none", "daily");

  private final ConfigMap global;
  private final AlertmanagerConfig.HttpSettings globalHttp;
  private final Path directory;

  ReceiverReader(ConfigMap global, AlertmanagerConfig.HttpSettings globalHttp, Path directory) {
    this.global = global;
    this.globalHttp = globalHttp;
    this.directory = directory;
  }

  List<AlertmanagerConfig.Integration> read(ConfigMap receiver) {
    List<AlertmanagerConfig.Integration> all = new ArrayList<>();
    receiver.maps("webhook_configs").forEach(map -> all.add(webhook(map)));
    receiver.maps("email_configs").forEach(map -> all.add(email(map)));
    return all;
  }

  private AlertmanagerConfig.Webhook webhook(ConfigMap map) {
    Optional<Secret> url = map.findSecret("url").filter(secret -> !secret.isEmpty());
    String file = file(map, "url_file");
    if (url.isEmpty() && file.isEmpty()) {
      map.error("one of url or url_file must be configured", "");
    }
    if (url.isPresent() && !file.isEmpty()) {
      map.error("url_file", "at most one of url & url_file must be configured", "");
    }
    map.unsupported("payload", "webhooks carry Alertmanager's own message");
    AlertmanagerConfig.Webhook webhook =
        new AlertmanagerConfig.Webhook(
            map.bool("send_resolved", true),
            url.orElse(null),
            file,
            map.integer("max_alerts", 0, 0, Integer.MAX_VALUE),
            map.duration("timeout", DurationForm.GO, Duration.ZERO),
            map.map("http_config").map(HttpConfigReader::read).orElse(globalHttp));
    map.rejectUnknownKeys();
    return webhook;
  }

  private AlertmanagerConfig.Email email(ConfigMap map) {
    String to = map.string("to", "");
    if (to.isEmpty()) {
      map.error("missing to address in email config", "");
    }
    String from = map.string("from", global.string("smtp_from", ""));
    if (from.isEmpty()) {
      map.error("no global SMTP from set", "");
    }
    Address smarthost = smarthost(map);
    Map<String, String> headers = headers(map, from, to);
    for (String key : List.of("auth_secret", "auth_secret_file")) {
      map.unsupported(key, "servers are logged in to with PLAIN or LOGIN; use auth_password");
    }
    boolean ownPassword = map.has("auth_password") || map.has("auth_password_file");
    ConfigMap tls = map.map("tls_config").orElse(global.mapOrEmpty("smtp_tls_config"));
    AlertmanagerConfig.Email email =
        new AlertmanagerConfig.Email(
            map.bool("send_resolved", false),
            to,
            from,
            map.string("hello", global.string("smtp_hello", "localhost")),
            smarthost.host,
            smarthost.port,
            map.string("auth_username", global.string("smtp_auth_username", "")),
            (ownPassword
                    ? map.findSecret("auth_password")
                    : global.findSecret("smtp_auth_password"))
                .orElse(null),
            ownPassword ? file(map, "auth_password_file") : file(global, "smtp_auth_password_file"),
            map.string("auth_identity", global.string("smtp_auth_identity", "")),
            headers,
            map.string("html", "{{ template \"email.default.html\" . }}"),
            map.string("text", ""),
            map.bool("require_tls", global.bool("smtp_require_tls", true)),
            map.findBool("force_implicit_tls")
                .or(() -> global.findBool("smtp_force_implicit_tls"))
                .orElse(null),
            insecure(tls),
            threading(map, headers));
    map.know("auth_password", "auth_password_file");
    map.rejectUnknownKeys();
    return email;
  }

  /** What of TLS can be chosen: whether the server's certificate is checked. */
  static boolean insecure(ConfigMap tls) {
    for (String key :
        List.of(
            "ca",
            "cert",
            "key",
            "ca_file",
            "cert_file",
            "key_file",
            "ca_ref",
            "cert_ref",
            "key_ref",
            "server_name",
            "min_version",
            "max_version")) {
      tls.unsupported(key, "mail servers are checked against the machine's trusted certificates");
    }
    boolean insecure = tls.bool("insecure_skip_verify", false);
    tls.rejectUnknownKeys();
    return insecure;
  }

  private record Address(String host, int port) {}

  private Address smarthost(ConfigMap map) {
    ConfigMap where = map.has("smarthost") ? map : global;
    String key = map.has("smarthost") ? "smarthost" : "smtp_smarthost";
    String text = where.string(key, "");
    map.know("smarthost");
    if (text.isEmpty()) {
      map.error("no global SMTP smarthost set", "");
      return new Address("", 0);
    }
    int colon = text.lastIndexOf(':');
    String port = text.substring(colon + 1);
    if (colon < 0 || !port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
      where.error(key, "must be host:port", "");
      return new Address("", 0);
    }
    String host = text.substring(0, colon);
    boolean brackets = host.startsWith("[") && host.endsWith("]");
    return new Address(
        brackets ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
  }

  private static Map<String, String> headers(ConfigMap map, String from, String to) {
    Map<String, String> headers = new LinkedHashMap<>();
    map.stringMap("headers")
        .forEach((name, value) -> {
          if (!name.matches("[!-9;-~]+")) {
            map.error("headers", "'%s' is no name of a header".formatted(name), "");
          } else if (headers.put(canonical(name), value) != null) {
            map.error(
                "headers",
                "duplicate header \"%s\" in email config".formatted(canonical(name)),
                "");
          }
        });
    headers.putIfAbsent("Subject", "{{ template \"email.default.subject\" . }}");
    headers.putIfAbsent("To", to);
    headers.putIfAbsent("From", from);
    return headers;
  }

  /** {@code x-my-header} as {@code X-My-Header}. */
  private static String canonical(String name) {
    StringBuilder out = new StringBuilder();
    boolean first = true;
    for (char c : name.toLowerCase(Locale.ROOT).toCharArray()) {
      out.append(first ? Character.toUpperCase(c) : c);
      first = c == '-';
    }
    return out.toString();
  }

  private static String threading(ConfigMap map, Map<String, String> headers) {
    ConfigMap threading = map.mapOrEmpty("threading");
    boolean enabled = threading.bool("enabled", false);
    String by = threading.string("thread_by_date", "");
    threading.rejectUnknownKeys();
    if (!enabled) {
      return "";
    }
    for (String header : List.of("References", "In-Reply-To")) {
      if (headers.containsKey(header)) {
        map.error(
            "threading", "threading.enabled conflicts with custom %s header".formatted(header), "");
      }
    }
    if (!THREADING.contains(by)) {
      map.error("threading", "thread_by_date must be either 'none' or 'daily'", "");
    }
    return by;
  }

  private String file(ConfigMap map, String key) {
    String name = map.string(key, "");
    return name.isEmpty() ? "" : directory.resolve(name).toString();
  }
}
