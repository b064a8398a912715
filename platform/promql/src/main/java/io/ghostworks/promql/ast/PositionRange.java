package io.ghostworks.promql.ast;

import java.nio.charset.StandardCharsets;

/**
 * Where something stands in a query.
 *
 * @param start the first byte of the query's UTF-8 form, from 0
 * @param end the byte after the last
 */
public record PositionRange(int start, int end) {

  /** Before the first byte. */
  public static final PositionRange START = new PositionRange(0, 0);

  /** The start as {@code line:column}, both from 1, columns in bytes, as Prometheus writes it. */
  public String startIn(String query) {
    if (query.isEmpty()) {
      return "unknown position";
    }
    byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
    if (start < 0 || start > bytes.length) {
      return "invalid position";
    }
    int line = 1;
    int lastBreak = -1;
    for (int i = 0; i < start; i++) {
      if (bytes[i] == '\n') {
        lastBreak = i;
        line++;
      }
    }
    return line + ":" + (start - lastBreak);
  }

  /** From the start of this to the end of the other. */
  public PositionRange to(PositionRange other) {
    return new PositionRange(start, other.end);
  }
}
