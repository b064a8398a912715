package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;

/** Values cut out of lines. */
final class LineText {
  private LineText() {}

  /** As text; what is no UTF-8 becomes blanks. */
  static String of(byte[] bytes, int from, int to) {
    String text = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0 ? text : text.replace('\uFFFD', ' ');
  }

  /** As text, as it is. */
  static String raw(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
