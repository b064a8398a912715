package io.ghostworks.wire.logs;

import io.ghostworks.wire.proto.Utf8;

/**
 * Walks the pairs of a line in logfmt, in place. What is no logfmt ends the walk. Not thread-safe.
 *
 * <p>Source: the behaviour of grafana/loki pkg/logql/log/logfmt.
 */
final class LogfmtPairs {
  private final byte[] bytes;
  private final int to;
  private int at;
  private int keyStart;
  private int keyEnd;
  private int valueStart;
  private int valueEnd;
  private boolean escaped;

  LogfmtPairs(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  /** Goes to the next pair; false at the end, and where the line breaks the rules. */
  boolean next() {
    keyStart = keyEnd = valueStart = valueEnd = 0;
    escaped = false;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    if (at >= to) {
      return false;
    }
    return key();
  }

  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }

  /** Where the value begins; it is empty where it ends there too. */
  int valueStart() {
    return valueStart;
  }

  int valueEnd() {
    return valueEnd;
  }

  /** Whether the value has escapes, which {@link JsonEscapes} knows. */
  boolean isEscaped() {
    return escaped;
  }

  private boolean key() {
    int start = at;
    boolean multibyte = false;
    while (at < to) {
      byte b = bytes[at];
      if (b == '=') {
        return at > start && setKey(start, multibyte) && value();
      }
      if (b == '"') {
        return false;
      }
      if (isBlank(b)) {
        return setKey(start, multibyte);
      }
      multibyte |= b < 0;
      at++;
    }
    return setKey(start, multibyte);
  }

  private boolean setKey(int start, boolean multibyte) {
    keyStart = start;
    keyEnd = at;
    return !multibyte || isText(start, at);
  }

  /** Whether bytes are UTF-8 without the replacement character. */
  private boolean isText(int from, int end) {
    if (!Utf8.isValid(bytes, from, end - from)) {
      return false;
    }
    for (int i = from; i + 2 < end; i++) {
      if (bytes[i] == (byte) 0xef && bytes[i + 1] == (byte) 0xbf && bytes[i + 2] == (byte) 0xbd) {
        return false;
      }
    }
    return true;
  }

  private boolean value() {
    at++;
    if (at >= to || isBlank(bytes[at])) {
      return true;
    }
    if (bytes[at] == '"') {
      return quoted();
    }
    int start = at;
    while (at < to && !isBlank(bytes[at])) {
      if (bytes[at] == '=' || bytes[at] == '"') {
        return false;
      }
      at++;
    }
    valueStart = start;
    valueEnd = at;
    return true;
  }

  private boolean quoted() {
    int start = at + 1;
    for (int i = start; i < to; i++) {
      if (bytes[i] == '\\') {
        escaped = true;
        i++;
      } else if (bytes[i] == '"') {
        at = i + 1;
        valueStart = start;
        valueEnd = i;
        return !escaped || JsonEscapes.isValid(bytes, start, i, true);
      }
    }
    at = to;
    return false;
  }

  /** As Go compares bytes: control characters are blanks, bytes beyond ASCII are not. */
  private static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }
}
