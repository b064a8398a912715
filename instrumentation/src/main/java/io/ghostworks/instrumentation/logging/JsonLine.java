package io.ghostworks.instrumentation.logging;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one flat JSON object (RFC 8259) on one line. A name is written once; later values of it
 * are dropped.
 */
final class JsonLine {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final StringBuilder out = new StringBuilder(256).append('{');
  private final Set<String> names = new HashSet<>();

  /** Writes a field; numbers and booleans as such, everything else as a string, null not at all. */
  JsonLine field(String name, @Nullable Object value) {
    if (value == null || !names.add(name)) {
      return this;
    }
    if (out.length() > 1) {
      out.append(',');
    }
    string(name);
    out.append(':');
    if (value instanceof Boolean || isNumber(value)) {
      out.append(value);
    } else {
      string(String.valueOf(value));
    }
    return this;
  }

  String end() {
    return out.append("}\n").toString();
  }

  /** JSON has no NaN and no infinities: those become strings. */
  private static boolean isNumber(Object value) {
    return value instanceof Number number && Double.isFinite(number.doubleValue());
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x2028 || c == 0x2029 || loneSurrogate(text, i)) {
            out.append("\\u")
                .append(HEX[c >> 12])
                .append(HEX[(c >> 8) & 15])
                .append(HEX[(c >> 4) & 15])
                .append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean loneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
