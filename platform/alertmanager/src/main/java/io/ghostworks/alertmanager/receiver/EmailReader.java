package io.ghostworks.alertmanager.receiver;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.CredentialSource;
import io.ghostworks.wire.client.ClientSettingsReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads entries of {@code email_configs}. */
final class EmailReader {
  private static final Set<String> THREADING = Set.of("none", "daily");

  private final ConfigMap map;
  private final ConfigMap global;
  private final ReceiverFields fields;

  private EmailReader(ConfigMap map, ConfigMap global) {
    this.map = map;
    this.global = global;
    this.fields = new ReceiverFields(map, global);
  }

  static Email read(ConfigMap map, ConfigMap global) {
    return new EmailReader(map, global).read();
  }

  private Email read() {
    String to = map.string("to", "");
    if (to.isEmpty()) {
      map.error("missing to address in email config", "");
    }
    String from = fields.text("from", "smtp_from", "");
    if (from.isEmpty()) {
      map.error("no global SMTP from set", "");
    }
    Address smarthost = smarthost();
    Map<String, String> headers = headers(from, to);
    ConfigMap tls = map.map("tls_config").orElse(global.mapOrEmpty("smtp_tls_config"));
    Email email =
        new Email(
            fields.sendResolved(false),
            to,
            from,
            fields.text("hello", "smtp_hello", "localhost"),
            smarthost.host,
            smarthost.port,
            fields.text("auth_username", "smtp_auth_username", ""),
            fields
                .secret("auth_password")
                .or(() -> fields.globalSecret("smtp_auth_password"))
                .orElse(CredentialSource.NONE),
            fields
                .secret("auth_secret")
                .or(() -> fields.globalSecret("smtp_auth_secret"))
                .orElse(CredentialSource.NONE),
            fields.text("auth_identity", "smtp_auth_identity", ""),
            headers,
            map.string("html", "{{ template \"email.default.html\" . }}"),
            map.string("text", ""),
            map.bool("require_tls", global.bool("smtp_require_tls", true)),
            map.findBool("force_implicit_tls")
                .or(() -> global.findBool("smtp_force_implicit_tls"))
                .orElse(null),
            ClientSettingsReader.checkedTls(tls),
            threading(headers));
    fields.end();
    return email;
  }

  private record Address(String host, int port) {}

  private Address smarthost() {
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

  private Map<String, String> headers(String from, String to) {
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

  private String threading(Map<String, String> headers) {
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
}
