package io.ghostworks.wire.openmetrics;

import io.ghostworks.wire.WireFormatException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line by the grammar of OpenMetrics 1.0, with names in quotes as Prometheus 3 writes
 * them.
 *
 * <p>Source: OpenMetrics 1.0, "ABNF".
 */
final class LineScanner {
  private static final int EXEMPLAR_CHARACTERS_MAX = 128;

  private final String line;
  private final int number;
  private int at;

  /**
   * @param number of the line, from 1
   */
  LineScanner(String line, int number) {
    this.line = line;
    this.number = number;
  }

  StrictSample sample() {
    String name = peek() == '{' ? "" : name(true);
    Map<String, String> labels = new LinkedHashMap<>();
    if (peek() == '{') {
      labels = labels(name.isEmpty());
      String quoted = labels.remove("");
      name = quoted == null ? name : quoted;
    }
    if (name.isEmpty()) {
      throw error("a sample must have a metric name");
    }
    expect(' ');
    double value = number(word());
    BigDecimal timestamp = null;
    if (at < line.length() && !line.startsWith(" # ", at)) {
      expect(' ');
      timestamp = timestamp(word());
    }
    boolean exemplar = at < line.length();
    if (exemplar) {
      exemplar();
    }
    return new StrictSample(name, labels, value, timestamp, exemplar);
  }

  private void exemplar() {
    expect(' ');
    expect('#');
    expect(' ');
    Map<String, String> labels = labels(false);
    int characters = 0;
    for (Map.Entry<String, String> label : labels.entrySet()) {
      characters += label.getKey().codePointCount(0, label.getKey().length());
      characters += label.getValue().codePointCount(0, label.getValue().length());
    }
    if (characters > EXEMPLAR_CHARACTERS_MAX) {
      throw error(
          "the labels of an exemplar must have at most %d characters, got %d"
              .formatted(EXEMPLAR_CHARACTERS_MAX, characters));
    }
    expect(' ');
    number(word());
    if (at < line.length()) {
      expect(' ');
      timestamp(word());
    }
    if (at < line.length()) {
      throw error("nothing may follow an exemplar");
    }
  }

  /** Labels in braces; the name "" stands for a metric's name in quotes. */
  private Map<String, String> labels(boolean metricName) {
    Map<String, String> labels = new LinkedHashMap<>();
    expect('{');
    while (peek() != '}') {
      if (!labels.isEmpty()) {
        expect(',');
      }
      boolean quoted = peek() == '"';
      String name = quoted ? quoted() : name(false);
      if (quoted && peek() != '=') {
        if (!metricName || labels.put("", name) != null) {
          throw error("a metric must have one name, got another '%s'".formatted(name));
        }
        continue;
      }
      expect('=');
      if (name.startsWith("__")) {
        throw error("label names that begin with '__' are reserved, got '%s'".formatted(name));
      }
      if (name.isEmpty() || labels.put(name, quoted()) != null) {
        throw error("a label must have a name that comes once, got '%s'".formatted(name));
      }
    }
    expect('}');
    return labels;
  }

  /** A name without quotes; colons are for metrics only. */
  String name(boolean metric) {
    int start = at;
    while (at < line.length() && isOfName(line.charAt(at), at > start, metric)) {
      at++;
    }
    if (at == start) {
      throw error("expected a name");
    }
    return line.substring(start, at);
  }

  private static boolean isOfName(char c, boolean digits, boolean colons) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '_'
        || (colons && c == ':')
        || (digits && c >= '0' && c <= '9');
  }

  /** The name of a family, which may be quoted. */
  String family() {
    return peek() == '"' ? quoted() : name(true);
  }

  private String quoted() {
    expect('"');
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      char c = take();
      char next = c == '\\' ? peek() : 0;
      if (next == '\\' || next == '"' || next == 'n') {
        at++;
        text.append(next == 'n' ? '\n' : next);
      } else {
        text.append(c);
      }
    }
    at++;
    return text.toString();
  }

  private String word() {
    int end = line.indexOf(' ', at);
    end = end < 0 ? line.length() : end;
    String word = line.substring(at, end);
    at = end;
    return word;
  }

  private double number(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    if (lower.equals("nan")) {
      return Double.NaN;
    }
    return decimal(word).doubleValue();
  }

  private BigDecimal timestamp(String word) {
    return decimal(word);
  }

  /** A decimal number of digits, a point and an exponent; no other letters, no underscores. */
  private BigDecimal decimal(String word) {
    @Nullable BigDecimal value = null;
    if (word.length() <= 400 && word.chars().allMatch(c -> "+-.eE0123456789".indexOf(c) >= 0)) {
      try {
        value = new BigDecimal(word);
      } catch (NumberFormatException e) {
        throw error("expected a number, got '%s'".formatted(word));
      }
    }
    if (value == null || Math.abs((long) value.scale()) > 10_000) {
      throw error("expected a number, got '%s'".formatted(word));
    }
    return value;
  }

  /** The rest of the line after one blank. */
  String rest() {
    expect(' ');
    return line.substring(at);
  }

  private char peek() {
    if (at >= line.length()) {
      throw error("the line ends too early");
    }
    return line.charAt(at);
  }

  private char take() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (at >= line.length() || line.charAt(at) != c) {
      throw error("expected '%s'".formatted(c));
    }
    at++;
  }

  /** Moves on by what was looked at already. */
  void skip(int characters) {
    at += characters;
  }

  WireFormatException error(String message) {
    String shown = line.length() > 120 ? line.substring(0, 120) + "…" : line;
    return new WireFormatException(
        "line %d: %s: %s".formatted(number, message, shown), WireFormatException.NOWHERE);
  }
}
