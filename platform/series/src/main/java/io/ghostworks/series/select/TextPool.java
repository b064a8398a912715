package io.ghostworks.series.select;

import java.util.HashMap;
import java.util.Map;

/**
 * One object for equal texts of several layers, so that labels of the same series share them and
 * are compared quickly. Used by one thread.
 */
public final class TextPool {
  private final Map<String, String> texts = new HashMap<>();

  /** The object that stands for a text. */
  public String pooled(String text) {
    String known = texts.putIfAbsent(text, text);
    return known == null ? text : known;
  }

  /** The bytes of the texts, roughly. */
  public long bytes() {
    long bytes = 0;
    for (String text : texts.keySet()) {
      bytes += 56 + text.length();
    }
    return bytes;
  }
}
