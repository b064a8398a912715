package io.ghostworks.scrape.prometheusfile;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.stream.Collectors;

/** Writes YAML in blocks, two spaces a level, lists at the level of their key, as Go's yaml.v2. */
final class YamlText {

  /** What a plain scalar may be without looking like anything else, or breaking the line. */
  private static final Pattern PLAIN =
      Pattern.compile("[A-Za-z0-9_./$(<;\\\\^+*|][^\\x00-\\x1f\\x7f]*");

  private static final Pattern SPECIAL =
      Pattern.compile(
          "(?i)(y|n|yes|no|true|false|on|off|null|~|<<|[-+]?(0b[01_]+|0x[0-9a-f_]+|0o?[0-7_]+"
              + "|[0-9_]+|[0-9_]*\\.?[0-9_]+(e[-+]?[0-9]+)?|[0-9_]+\\.[0-9_]*(e[-+]?[0-9]+)?"
              + "|\\.inf)|\\.nan|[0-9]{4}-[0-9]+-[0-9]+.*|[-+]?[0-9]+(:[0-5]?[0-9])+)");

  private final StringBuilder out = new StringBuilder();
  private int level;
  private boolean afterDash;

  String text() {
    return out.toString();
  }

  /** A key whose value follows. */
  void key(String key) {
    begin().append(scalar(key)).append(":\n");
  }

  void entry(String key, String value) {
    begin().append(scalar(key)).append(": ").append(scalar(value)).append('\n');
  }

  void flag(String key, boolean value) {
    begin().append(key).append(": ").append(value).append('\n');
  }

  void number(String key, long value) {
    begin().append(key).append(": ").append(value).append('\n');
  }

  void list(String key, List<String> values) {
    key(key);
    for (String value : values) {
      begin().append("- ").append(scalar(value)).append('\n');
    }
  }

  /** A list in one line. */
  void flow(String key, List<String> values) {
    begin()
        .append(key)
        .append(
            values.stream().map(YamlText::scalar).collect(Collectors.joining(", ", ": [", "]\n")));
  }

  /** A map under a key. */
  void map(String key, Runnable entries) {
    key(key);
    level++;
    entries.run();
    level--;
  }

  /** An element of a list that is a map. */
  void item(Runnable entries) {
    begin().append("- ");
    afterDash = true;
    level++;
    entries.run();
    level--;
  }

  private StringBuilder begin() {
    if (afterDash) {
      afterDash = false;
      return out;
    }
    return out.append("  ".repeat(level));
  }

  static String scalar(String text) {
    boolean plain =
        PLAIN.matches(text)
            && !SPECIAL.matches(text)
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.endsWith(":")
            && !text.endsWith(" ");
    if (plain) {
      return text;
    }
    if (SPECIAL.matches(text) || text.isEmpty() || text.codePoints().anyMatch(c -> c < ' ')) {
      return doubleQuoted(text);
    }
    return "'" + text.replace("'", "''") + "'";
  }

  private static String doubleQuoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
            case '\n' -> quoted.append("\\n");
            case '\t' -> quoted.append("\\t");
            case '\r' -> quoted.append("\\r");
            default -> {
              if (c < ' ') {
                quoted.append("\\x%02X".formatted(c));
              } else {
                quoted.appendCodePoint(c);
              }
            }
          }
        });
    return quoted.append('"').toString();
  }
}
