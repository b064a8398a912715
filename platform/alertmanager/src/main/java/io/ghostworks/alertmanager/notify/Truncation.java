package io.ghostworks.alertmanager.notify;

import java.nio.charset.StandardCharsets;

/** Cuts texts to what a service takes, as Alertmanager does (notify/util.go). */
public final class Truncation {
  private static final String MARK = "…";
  private static final int MARK_BYTES = 3;

  private Truncation() {}

  /** At most {@code max} code points, the last of them an ellipsis where something was cut. */
  public static String inRunes(String text, int max) {
    int runes = text.codePointCount(0, text.length());
    if (runes <= max) {
      return text;
    }
    return max <= MARK_BYTES ? prefix(text, max) : prefix(text, max - 1) + MARK;
  }

  /** At most {@code max} bytes of UTF-8, an ellipsis among them where something was cut. */
  public static String inBytes(String text, int max) {
    if (text.getBytes(StandardCharsets.UTF_8).length <= max) {
      return text;
    }
    if (max <= MARK_BYTES) {
      return max == MARK_BYTES ? MARK : ".".repeat(max);
    }
    int room = max - MARK_BYTES;
    int end = 0;
    for (int bytes = 0; end < text.length(); ) {
      int rune = text.codePointAt(end);
      bytes += rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
      if (bytes > room) {
        break;
      }
      end += Character.charCount(rune);
    }
    return text.substring(0, end) + MARK;
  }

  private static String prefix(String text, int runes) {
    return text.substring(0, text.offsetByCodePoints(0, runes));
  }
}
