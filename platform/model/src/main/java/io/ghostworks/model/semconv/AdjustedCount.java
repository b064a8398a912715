package io.ghostworks.model.semconv;

import io.ghostworks.model.column.ByteArena;

/**
 * For how many spans a sampled span stands: the inverse of the probability with which it was kept,
 * as the {@code th} of OpenTelemetry's entry in the W3C trace state says.
 *
 * <p>Source: OpenTelemetry, "TraceState: Probability Sampling"; the behaviour of
 * opentelemetry-collector-contrib pkg/sampling and of Tempo's pkg/sampling.
 */
public final class AdjustedCount {

  /** The trace state does not tell the probability. */
  public static final double UNKNOWN = 0;

  private static final int DIGITS_MAX = 14;
  private static final int OT_LENGTH_MAX = 256;
  private static final long MAX = 1L << 56;

  private AdjustedCount() {}

  /**
   * The adjusted count that a trace state tells.
   *
   * @param slice of the trace state in the arena
   * @return at least 1, or {@link #UNKNOWN} where it has no threshold, or one that is malformed
   */
  public static double ofTraceState(ByteArena arena, long slice) {
    int length = ByteArena.length(slice);
    if (length < 4) {
      return UNKNOWN;
    }
    byte[] bytes = arena.array();
    int at = ByteArena.offset(slice);
    int end = at + length;
    while (at < end) {
      int memberEnd = indexOf(bytes, ',', at, end);
      int from = at;
      int to = memberEnd;
      while (from < to && isBlank(bytes[from])) {
        from++;
      }
      while (from < to && isBlank(bytes[to - 1])) {
        to--;
      }
      if (to - from > 3 && bytes[from] == 'o' && bytes[from + 1] == 't' && bytes[from + 2] == '=') {
        return ofOpenTelemetry(bytes, from + 3, to);
      }
      at = memberEnd + 1;
    }
    return UNKNOWN;
  }

  /** Of the entry's value, {@code th:c;rv:…}; a malformed one tells nothing. */
  private static double ofOpenTelemetry(byte[] bytes, int from, int end) {
    if (end - from > OT_LENGTH_MAX || bytes[end - 1] == ';') {
      return UNKNOWN;
    }
    double count = UNKNOWN;
    int at = from;
    while (at < end) {
      int fieldEnd = indexOf(bytes, ';', at, end);
      int colon = indexOf(bytes, ':', at, fieldEnd);
      if (colon == fieldEnd || !isKey(bytes, at, colon) || !isValue(bytes, colon + 1, fieldEnd)) {
        return UNKNOWN;
      }
      if (colon - at == 2 && bytes[at] == 't' && bytes[at + 1] == 'h') {
        count = ofThreshold(bytes, colon + 1, fieldEnd);
        if (count == UNKNOWN) {
          return UNKNOWN;
        }
      }
      at = fieldEnd + 1;
    }
    return count;
  }

  private static double ofThreshold(byte[] bytes, int from, int end) {
    int digits = end - from;
    if (digits < 1 || digits > DIGITS_MAX) {
      return UNKNOWN;
    }
    long threshold = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return UNKNOWN;
      }
      threshold = (threshold << 4) | digit;
    }
    threshold <<= 4 * (DIGITS_MAX - digits);
    return 1.0 / ((double) (MAX - threshold) / MAX);
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int end) {
    int at = from;
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isKey(byte[] bytes, int from, int end) {
    if (from == end || bytes[from] < 'a' || bytes[from] > 'z') {
      return false;
    }
    for (int i = from + 1; i < end; i++) {
      boolean allowed =
          (bytes[i] >= 'a' && bytes[i] <= 'z') || (bytes[i] >= '0' && bytes[i] <= '9');
      if (!allowed) {
        return false;
      }
    }
    return true;
  }

  private static boolean isValue(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      byte b = bytes[i];
      boolean allowed =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || b == '.'
              || b == '_'
              || b == '-';
      if (!allowed) {
        return false;
      }
    }
    return true;
  }
}
