package io.ghostworks.rules.lint;

import io.ghostworks.config.DurationForm;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An expression of a panel, in which Grafana's variables stand ({@code $__rate_interval}, {@code
 * $job}, {@code ${job:regex}}, {@code [[job]]}): inside quotes they are left, elsewhere something
 * that parses takes their place, and gives it back.
 */
final class PanelText {
  private static final long FIRST_PLACEHOLDER_SECONDS = 40_000_003;

  private final StringBuilder text = new StringBuilder();
  private final Map<String, String> variables = new LinkedHashMap<>();

  private PanelText() {}

  static PanelText of(String written) {
    PanelText panel = new PanelText();
    panel.read(written);
    return panel;
  }

  /** The text to parse. */
  String text() {
    return text.toString();
  }

  /** A text about it, with the variables as they were written. */
  String restored(String about) {
    String restored = about;
    for (Map.Entry<String, String> variable : variables.entrySet()) {
      restored = restored.replace(variable.getKey(), variable.getValue());
    }
    return restored;
  }

  private void read(String written) {
    char quote = 0;
    int brackets = 0;
    int at = 0;
    while (at < written.length()) {
      char c = written.charAt(at);
      int end = quote == 0 ? endOfVariable(written, at) : at;
      if (end > at) {
        text.append(placeholder(written.substring(at, end), brackets > 0));
        at = end;
        continue;
      }
      if (quote != 0) {
        if (c == '\\' && quote != '`' && at + 1 < written.length()) {
          text.append(c);
          c = written.charAt(++at);
        } else if (c == quote) {
          quote = 0;
        }
      } else if (c == '"' || c == '\'' || c == '`') {
        quote = c;
      } else if (c == '[') {
        brackets++;
      } else if (c == ']') {
        brackets--;
      }
      text.append(c);
      at++;
    }
  }

  private static int endOfVariable(String written, int at) {
    if (written.startsWith("${", at) || written.startsWith("[[", at)) {
      String close = written.charAt(at) == '$' ? "}" : "]]";
      int end = written.indexOf(close, at);
      return end < 0 ? at : end + close.length();
    }
    if (written.charAt(at) != '$') {
      return at;
    }
    int end = at + 1;
    while (end < written.length()
        && (Character.isLetterOrDigit(written.charAt(end)) || written.charAt(end) == '_')) {
      end++;
    }
    return end == at + 1 ? at : end;
  }

  private String placeholder(String variable, boolean asDuration) {
    for (Map.Entry<String, String> known : variables.entrySet()) {
      boolean sameKind = Character.isDigit(known.getKey().charAt(0)) == asDuration;
      if (known.getValue().equals(variable) && sameKind) {
        return known.getKey();
      }
    }
    String name =
        asDuration
            ? DurationForm.PROMETHEUS.format(
                Duration.ofSeconds(FIRST_PLACEHOLDER_SECONDS + variables.size()))
            : "grafana_variable_" + variables.size() + "_";
    variables.put(name, variable);
    return name;
  }
}
