package io.ghostworks.server.prometheus;

/**
 * Label names that are not identifiers, as they stand in a path: {@code U__} and then the name, in
 * which {@code __} is an underscore and {@code _HEX_} a code point (Prometheus's escaping scheme
 * "values").
 */
final class EscapedName {
  private static final String PREFIX = "U__";
  private static final int CODE_DIGITS_MAX = 6;

  private EscapedName() {}

  /** The name that is meant; a text that is no escaped name is its own. */
  static String unescape(String text) {
    if (!text.startsWith(PREFIX)) {
      return text;
    }
    StringBuilder name = new StringBuilder();
    int at = PREFIX.length();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '_') {
        name.append(c);
      } else if (at < text.length() && text.charAt(at) == '_') {
        name.append('_');
        at++;
      } else {
        int end = text.indexOf('_', at);
        int codePoint = end < 0 ? -1 : codePoint(text, at, end);
        if (codePoint < 0) {
          return text;
        }
        name.appendCodePoint(codePoint);
        at = end + 1;
      }
    }
    return name.toString();
  }

  /** -1 if there is none. */
  private static int codePoint(String text, int from, int to) {
    if (to - from >= CODE_DIGITS_MAX) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
    return surrogate || !Character.isValidCodePoint(value) ? -1 : value;
  }
}
