package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.AttributeColumns;

/**
 * Texts as typed values, for receivers with {@code parse_string_tags}: what looks like a whole
 * number, a decimal fraction or a boolean becomes one.
 *
 * <p>Source: the behaviour of opentelemetry-collector-contrib
 * pkg/translator/zipkin/internal/zipkin.
 */
final class StringTags {

  private static final int LONG_CHARS_MAX = 20;

  private StringTags() {}

  static void add(AttributeColumns into, String key, String text, boolean parsed) {
    if (!parsed || text.isEmpty()) {
      into.add(key, text);
      return;
    }
    if (text.equals("true") || text.equals("false")) {
      into.add(key, text.equals("true"));
      return;
    }
    int digits = digits(text, text.charAt(0) == '-' ? 1 : 0);
    if (digits == text.length() && text.length() <= LONG_CHARS_MAX) {
      try {
        into.add(key, Long.parseLong(text));
      } catch (NumberFormatException e) {
        into.add(key, text); // A sign alone, or more than 64 bits.
      }
      return;
    }
    boolean fraction =
        digits > 0
            && digits < text.length() - 1
            && text.charAt(digits) == '.'
            && Character.isDigit(text.charAt(digits - 1))
            && digits(text, digits + 1) == text.length();
    if (fraction) {
      into.add(key, Double.parseDouble(text));
    } else {
      into.add(key, text);
    }
  }

  /** Where the digits end that begin at a place. */
  private static int digits(String text, int start) {
    int at = start;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
