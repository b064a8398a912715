package io.ghostworks.wire.logs;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Names of fields with an id, compared without case and without {@code _ . -}, so that {@code
 * trace_id}, {@code traceId}, {@code TraceID} and {@code trace.id} are one. Immutable.
 */
final class ContextNames {
  private static final int LENGTH_MAX = 64;

  private final byte[][] names;

  ContextNames(List<String> names) {
    this.names =
        names.stream()
            .map(name -> plain(name.getBytes(StandardCharsets.UTF_8)))
            .toArray(byte[][]::new);
  }

  private static byte[] plain(byte[] name) {
    byte[] out = new byte[name.length];
    int size = 0;
    for (byte b : name) {
      if (!isSeparator(b)) {
        out[size++] = lower(b);
      }
    }
    return Arrays.copyOf(out, size);
  }

  /** Whether bytes are one of the names. */
  boolean has(byte[] bytes, int from, int to) {
    if (to - from > LENGTH_MAX) {
      return false;
    }
    for (byte[] name : names) {
      if (is(name, bytes, from, to)) {
        return true;
      }
    }
    return false;
  }

  private static boolean is(byte[] name, byte[] bytes, int from, int to) {
    int at = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (isSeparator(b)) {
        continue;
      }
      if (at == name.length || lower(b) != name[at]) {
        return false;
      }
      at++;
    }
    return at == name.length;
  }

  static boolean isSeparator(byte b) {
    return b == '_' || b == '.' || b == '-';
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b | 0x20) : b;
  }
}
