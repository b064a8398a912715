package io.ghostworks.server.rules;

import io.ghostworks.config.ConfigMap;
import io.ghostworks.config.ConfigNode;
import io.ghostworks.config.DurationForm;
import io.ghostworks.config.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A group of rules as YAML, as Mimir's and Loki's rulers answer it: the fields in the order of
 * Prometheus's {@code rulefmt.RuleGroup}, those left out that say nothing, maps by their keys,
 * expressions and templates as they were sent.
 */
final class GroupYaml {

  private static final String STEP = "    ";
  private static final Set<String> OTHER_TYPES =
      Set.of(
          "null", "~", "true", "false", "yes", "no", "on", "off", "y", "n", ".nan", ".inf", "-.inf",
          "+.inf", "<<", "=");

  private final StringBuilder out = new StringBuilder();

  private GroupYaml() {}

  /** A group that was read without mistakes. */
  static String of(ConfigNode group) {
    GroupYaml yaml = new GroupYaml();
    yaml.group(ConfigMap.of(group, new Findings()), "");
    return yaml.out.toString();
  }

  /** Groups in the form of {@link #of}, by namespace. */
  static String byNamespace(Map<String, List<String>> groups) {
    StringBuilder out = new StringBuilder();
    groups.forEach((namespace, bodies) -> {
      out.append(scalar(namespace)).append(":\n");
      for (String body : bodies) {
        String lead = STEP + "- ";
        for (String line : body.lines().toList()) {
          boolean ofGroup = !line.isEmpty() && line.charAt(0) != ' ';
          out.append(line.isEmpty() ? "" : ofGroup ? lead : STEP).append(line).append('\n');
          lead = STEP + "  ";
        }
      }
    });
    return out.isEmpty() ? "{}\n" : out.toString();
  }

  private void group(ConfigMap map, String indent) {
    text(indent, "name", map.string("name", ""));
    duration(indent, "interval", map.duration("interval", DurationForm.PROMETHEUS, Duration.ZERO));
    map.findDuration("query_offset", DurationForm.PROMETHEUS)
        .or(() -> map.findDuration("evaluation_delay", DurationForm.PROMETHEUS))
        .ifPresent(offset -> line(indent, "query_offset", DurationForm.PROMETHEUS.format(offset)));
    long limit = map.integer("limit", 0, Integer.MIN_VALUE, Integer.MAX_VALUE);
    if (limit != 0) {
      line(indent, "limit", Long.toString(limit));
    }
    List<ConfigMap> rules = map.maps("rules");
    out.append(indent).append(rules.isEmpty() ? "rules: []\n" : "rules:\n");
    rules.forEach(rule -> rule(rule, indent + STEP));
    texts(indent, "labels", map.stringMap("labels"));
    if (map.bool("align_evaluation_time_on_interval", false)) {
      line(indent, "align_evaluation_time_on_interval", "true");
    }
  }

  private void rule(ConfigMap map, String indent) {
    int start = out.length();
    String inner = indent + "  ";
    textUnlessEmpty(inner, "record", map.string("record", ""));
    textUnlessEmpty(inner, "alert", map.string("alert", ""));
    text(inner, "expr", map.string("expr", ""));
    duration(inner, "for", map.duration("for", DurationForm.PROMETHEUS, Duration.ZERO));
    duration(
        inner,
        "keep_firing_for",
        map.duration("keep_firing_for", DurationForm.PROMETHEUS, Duration.ZERO));
    texts(inner, "labels", map.stringMap("labels"));
    texts(inner, "annotations", map.stringMap("annotations"));
    out.setCharAt(start + indent.length(), '-');
  }

  private void duration(String indent, String key, Duration value) {
    if (!value.isZero()) {
      line(indent, key, DurationForm.PROMETHEUS.format(value));
    }
  }

  private void texts(String indent, String key, Map<String, String> texts) {
    if (!texts.isEmpty()) {
      out.append(indent).append(key).append(":\n");
      new TreeMap<>(texts).forEach((name, value) -> text(deeper(indent), scalar(name), value));
    }
  }

  /** What is below a key stands at the next multiple of four. */
  private static String deeper(String indent) {
    return " ".repeat((indent.length() / STEP.length() + 1) * STEP.length());
  }

  private void textUnlessEmpty(String indent, String key, String value) {
    if (!value.isEmpty()) {
      text(indent, key, value);
    }
  }

  private void text(String indent, String key, String value) {
    if (value.indexOf('\n') >= 0 && isBlock(value)) {
      String kept = value.stripTrailing();
      String tail = value.substring(kept.length());
      String chomping = tail.isEmpty() ? "-" : tail.length() == 1 ? "" : "+";
      out.append(indent).append(key).append(": |").append(chomping).append('\n');
      for (String line : value.split("\n", -1)) {
        if (line.isEmpty()) {
          out.append('\n');
        } else {
          out.append(deeper(indent)).append(line).append('\n');
        }
      }
      if (!tail.isEmpty()) {
        out.setLength(out.length() - 1); // split gives what follows the last line's end, too
      }
      return;
    }
    line(indent, key, scalar(value));
  }

  /** Whether a text of several lines can stand as a literal block. */
  private static boolean isBlock(String value) {
    char first = value.charAt(0);
    return first != ' '
        && first != '\n'
        && first != '\t'
        && value.stripTrailing().length() + trailingLineEnds(value) == value.length()
        && value
            .chars()
            .allMatch(c ->
                c == '\n'
                    || c == '\t'
                    || (c >= 32 && c != 127 && c < 0x80)
                    || (c >= 0xa0 && c != 0x2028 && c != 0x2029 && c != 0xfeff));
  }

  private static int trailingLineEnds(String value) {
    int count = 0;
    while (count < value.length() && value.charAt(value.length() - 1 - count) == '\n') {
      count++;
    }
    return count;
  }

  private void line(String indent, String key, String value) {
    out.append(indent).append(key).append(": ").append(value).append('\n');
  }

  /** A text of one line: plain where that reads as the same text, else in quotes. */
  static String scalar(String value) {
    if (isPlain(value)) {
      return value;
    }
    boolean printable =
        value.chars().allMatch(c -> c >= 32 && c != 127 && (c < 0x80 || c >= 0xa0))
            && value.indexOf('\u2028') < 0
            && value.indexOf('\u2029') < 0
            && value.indexOf('\ufeff') < 0;
    return printable && !value.isEmpty() ? "'" + value.replace("'", "''") + "'" : quoted(value);
  }

  private static boolean isPlain(String value) {
    if (value.isEmpty()
        || OTHER_TYPES.contains(value.toLowerCase(java.util.Locale.ROOT))
        || value.endsWith(" ")
        || value.endsWith(":")
        || value.contains(": ")
        || value.contains(" #")) {
      return false;
    }
    char first = value.charAt(0);
    boolean safeFirst = Character.isLetter(first) || first == '_' || first == '(' || first == '/';
    return safeFirst && value.chars().allMatch(c -> c >= 32 && c < 127);
  }

  private static String quoted(String value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        default -> {
          if (c < 32 || (c >= 127 && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff) {
            text.append("\\u%04x".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
