package io.ghostworks.alertmanager.config;

import com.google.re2j.Pattern;
import io.ghostworks.config.ConfigException;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.ConfigNode.Entry;
import io.ghostworks.config.ConfigNode.ListNode;
import io.ghostworks.config.ConfigNode.MapNode;
import io.ghostworks.config.ConfigNode.ScalarNode;
import io.ghostworks.config.HiddenValues;
import io.ghostworks.config.ScalarKind;
import io.ghostworks.config.YamlReader;
import java.util.Set;

/**
 * Writes an {@code alertmanager.yml} anew without its secrets, as Alertmanager does before it shows
 * one: they become {@code <secret>}, which Alertmanager's own reader takes where it expects one, so
 * that {@code amtool} can go on with what it is given. Comments are left out, aliases are expanded.
 */
public final class SecretMask {

  private static final String SECRET = "<secret>";

  private static final Pattern SECRET_KEY =
      Pattern.compile("(?i)^(?:.*_)?(?:password|secrets?|token|token_id|credentials|hash)$");

  private static final Set<String> SECRET_KEYS =
      Set.of(
          "api_key",
          "opsgenie_api_key",
          "victorops_api_key",
          "service_key",
          "routing_key",
          "user_key",
          "secret_key",
          "client_certificate_key",
          "slack_api_url",
          "mattermost_webhook_url",
          "webhook_url");

  /** Secret only below these: a list of receivers, or a mapping. */
  private static final Set<String> SECRETS_IN_PLACES =
      Set.of(
          "slack_configs.api_url", "webhook_configs.url", "tls_config.key", "smtp_tls_config.key");

  private static final Pattern PASSWORD_IN_URL = Pattern.compile("(://[^/@:\\s]*:)[^/@\\s]*@");

  private static final Pattern NOT_PLAIN = Pattern.compile("[\\x00-\\x1f\\x7f-\\x{9f}\\x{feff}]");

  /**
   * Hides secrets where they stand in a text, and puts them back into what was edited meanwhile.
   */
  private static final HiddenValues IN_PLACE = new HiddenValues(SecretMask::shown);

  private final StringBuilder out = new StringBuilder();

  private SecretMask() {}

  /** The text without secrets; a text that is no YAML gives none of itself. */
  public static String masked(String yaml) {
    if (yaml.isBlank()) {
      return yaml;
    }
    SecretMask mask = new SecretMask();
    try {
      mask.value(YamlReader.read("alertmanager.yml", yaml), "", "", 0, false);
    } catch (ConfigException e) {
      return "# not shown: it is no YAML";
    }
    return mask.out.toString();
  }

  /** The text as it is written, comments too, without its secrets; what is no YAML is not given. */
  public static String hidden(String yaml) {
    try {
      return IN_PLACE.hide("alertmanager.yml", yaml);
    } catch (ConfigException e) {
      return "# not shown: it is no YAML";
    }
  }

  /**
   * An edited text with the secrets of the one from which it was made.
   *
   * @param edited from what {@link #hidden} gave
   * @throws ConfigException where a secret is not known, with its line
   */
  public static String restored(String edited, String stored) {
    return IN_PLACE.restore("alertmanager_config", edited, stored, SECRET);
  }

  private static String shown(String key, String place, String text) {
    return isSecret(key, place) && !text.isEmpty()
        ? SECRET
        : PASSWORD_IN_URL.matcher(text).replaceAll("$1xxxxx@");
  }

  /**
   * @param key above the value; "" for the root and in lists of lists
   * @param place the key above that
   * @param afterDash whether the value begins on the line of its list's dash
   */
  private void value(ConfigNode node, String key, String place, int indent, boolean afterDash) {
    switch (node) {
      case MapNode map when map.entries().isEmpty() -> out.append(" {}\n");
      case ListNode list when list.items().isEmpty() -> out.append(" []\n");
      case MapNode map -> map(map, key, indent, afterDash);
      case ListNode list -> list(list, key, place, indent, afterDash);
      case ScalarNode scalar -> {
        out.append(' ');
        scalar(scalar, isSecret(key, place) && !scalar.isNull() && !scalar.text().isEmpty());
        out.append('\n');
      }
    }
  }

  private void map(MapNode map, String key, int indent, boolean afterDash) {
    boolean first = true;
    out.append(afterDash ? " " : indent == 0 ? "" : "\n");
    for (Entry entry : map.entries()) {
      if (!first || !afterDash) {
        out.append(" ".repeat(indent));
      }
      first = false;
      scalar(entry.key(), false);
      out.append(':');
      value(entry.value(), entry.key().text(), key, indent + 2, false);
    }
  }

  private void list(ListNode list, String key, String place, int indent, boolean afterDash) {
    out.append(afterDash ? "\n" : indent == 0 ? "" : "\n");
    for (ConfigNode item : list.items()) {
      out.append(" ".repeat(indent)).append('-');
      value(item, key, place, indent + 2, item instanceof MapNode);
    }
  }

  private static boolean isSecret(String key, String place) {
    return SECRET_KEY.matches(key)
        || SECRET_KEYS.contains(key)
        || place.equals("proxy_connect_header")
        || SECRETS_IN_PLACES.contains(place + "." + key);
  }

  private void scalar(ScalarNode scalar, boolean secret) {
    String text = secret ? SECRET : PASSWORD_IN_URL.matcher(scalar.text()).replaceAll("$1xxxxx@");
    if (scalar.isNull()) {
      out.append("null");
    } else if (scalar.plain() && !secret && !NOT_PLAIN.matcher(text).find()) {
      out.append(text);
    } else if (scalar.kind() == ScalarKind.STRING || secret) {
      quoted(text);
    } else {
      out.append(text);
    }
  }

  private void quoted(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
