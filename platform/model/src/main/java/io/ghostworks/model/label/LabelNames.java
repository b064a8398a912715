package io.ghostworks.model.label;

/**
 * The rules for names: any non-empty UTF-8 text is a name since Prometheus 3; the legacy forms
 * {@code [a-zA-Z_:][a-zA-Z0-9_:]*} for metrics and {@code [a-zA-Z_][a-zA-Z0-9_]*} for labels need
 * no quotes.
 */
public final class LabelNames {

  private LabelNames() {}

  public static boolean isLegacyMetricName(String name) {
    return isLegacy(name, true);
  }

  public static boolean isLegacyLabelName(String name) {
    return isLegacy(name, false);
  }

  private static boolean isLegacy(String name, boolean colons) {
    if (name.isEmpty()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '_'
              || (colons && c == ':')
              || (i > 0 && c >= '0' && c <= '9');
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  /**
   * Appends a text in double quotes, escaped as Go's {@code strconv.Quote} does it for printable
   * text.
   */
  public static void quote(String text, StringBuilder out) {
    out.append('"');
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case 11 -> out.append("\\v");
            default -> {
              if (c < 0x20 || c == 0x7f) {
                out.append("\\x%02x".formatted(c));
              } else {
                out.appendCodePoint(c);
              }
            }
          }
        });
    out.append('"');
  }
}
