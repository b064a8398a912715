package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;

/** Label names made of the keys in lines. */
final class LabelKeys {
  private LabelKeys() {}

  static String sanitized(byte[] bytes, int from, int to) {
    return sanitized(new String(bytes, from, to - from, StandardCharsets.UTF_8));
  }

  /** Blanks around it go, a leading digit gets a low line, and every other sign becomes one. */
  static String sanitized(String key) {
    return appended("", key);
  }

  /** A key below a prefix; a leading digit is a fault only where there is none. */
  static String appended(String prefix, String key) {
    String trimmed = trim(key);
    if (trimmed.isEmpty()) {
      return prefix;
    }
    StringBuilder name = new StringBuilder(prefix.length() + trimmed.length() + 2).append(prefix);
    if (!prefix.isEmpty()) {
      name.append('_');
    } else if (isDigit(trimmed.charAt(0))) {
      name.append('_');
    }
    for (int i = 0; i < trimmed.length(); i++) {
      char c = trimmed.charAt(i);
      if (!Character.isLowSurrogate(c)) {
        name.append(isNamePart(c) ? c : '_');
      }
    }
    return name.toString();
  }

  private static String trim(String key) {
    int from = 0;
    int to = key.length();
    while (from < to && isBlank(key.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(key.charAt(to - 1))) {
      to--;
    }
    return key.substring(from, to);
  }

  private static boolean isBlank(char c) {
    return (c >= '\t' && c <= '\r') || c == 0x85 || Character.isSpaceChar(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNamePart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c);
  }
}
