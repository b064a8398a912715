package io.ghostworks.logql.pipeline;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a line of {@code key=value} pairs, as Loki's decoder does: faults cost the pair and nothing
 * else, a key may stand alone, and quoted values have the escapes of JSON.
 */
final class LogfmtDecoder {
  private byte[] line = {};
  private int end;
  private int start;
  private int at;
  private int keyFrom;
  private int keyTo;
  private int valueFrom;
  private int valueTo;
  private byte @Nullable [] unquoted;
  private String fault = "";

  void reset(byte[] bytes, int from, int to) {
    line = bytes;
    start = from;
    end = to;
    at = from;
    fault = "";
  }

  boolean atEnd() {
    return at >= end;
  }

  /** What was wrong last, or "". */
  String fault() {
    return fault;
  }

  byte[] line() {
    return line;
  }

  int keyFrom() {
    return keyFrom;
  }

  int keyTo() {
    return keyTo;
  }

  boolean hasValue() {
    byte[] text = unquoted;
    return text != null ? text.length > 0 : valueTo > valueFrom;
  }

  String value() {
    byte[] text = unquoted;
    return text != null ? LineText.of(text, 0, text.length) : LineText.of(line, valueFrom, valueTo);
  }

  /** Reads the next pair; false where there is none, or it is faulty. */
  boolean next() {
    keyFrom = 0;
    keyTo = 0;
    valueFrom = 0;
    valueTo = 0;
    unquoted = null;
    while (at < end && isBlank(line[at])) {
      at++;
    }
    return at < end && key();
  }

  private static boolean isBlank(byte c) {
    return c >= 0 && c <= ' ';
  }

  private boolean key() {
    int from = at;
    boolean multibyte = false;
    for (; at < end; at++) {
      byte c = line[at];
      if (c == '=') {
        if (at == from) {
          return unexpected(c);
        }
        keyFrom = from;
        keyTo = at;
        if (multibyte && isInvalid(from, at)) {
          fault("invalid key");
          return skipped();
        }
        return readValue();
      }
      if (c == '"') {
        return unexpected(c);
      }
      if (isBlank(c)) {
        break;
      }
      multibyte |= c < 0;
    }
    keyFrom = from;
    keyTo = at;
    if (multibyte && isInvalid(from, at)) {
      fault("invalid key");
      return false;
    }
    return true;
  }

  private boolean isInvalid(int from, int to) {
    return new String(line, from, to - from, StandardCharsets.UTF_8).indexOf('\uFFFD') >= 0;
  }

  private boolean readValue() {
    at++;
    if (at >= end || isBlank(line[at])) {
      return true;
    }
    if (line[at] == '"') {
      return quoted();
    }
    int from = at;
    for (; at < end; at++) {
      byte c = line[at];
      if (c == '=' || c == '"') {
        return unexpected(c);
      }
      if (isBlank(c)) {
        break;
      }
    }
    valueFrom = from;
    valueTo = at;
    return true;
  }

  private boolean quoted() {
    int from = at;
    boolean escapes = false;
    for (int i = at + 1; i < end; i++) {
      byte c = line[i];
      if (c == '\\') {
        escapes = true;
        i++;
      } else if (c == '"') {
        at = i + 1;
        if (!escapes) {
          valueFrom = from + 1;
          valueTo = i;
          return true;
        }
        unquoted = LogfmtUnquoting.unquote(line, from + 1, i);
        if (unquoted == null) {
          fault("invalid quoted value");
          return false;
        }
        return true;
      }
    }
    at = end;
    fault("unterminated quoted value");
    return false;
  }

  private boolean unexpected(byte c) {
    fault("unexpected " + (c == '\'' ? "'\\''" : "'" + (char) c + "'"));
    return skipped();
  }

  private void fault(String message) {
    fault = "logfmt syntax error at pos %d : %s".formatted(at - start + 1, message);
  }

  private boolean skipped() {
    while (at < end && !isBlank(line[at])) {
      at++;
    }
    return false;
  }
}
