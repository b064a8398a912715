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

  private static final int DIGITS = 14;
  private static final long NONE = -1;
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
    return of(arena, slice, false);
  }

  /**
   * As {@link #ofTraceState}, made a whole number by the randomness of the trace ({@code rv}) where
   * the trace state has it: on average the sum stays the same.
   */
  public static double wholeOfTraceState(ByteArena arena, long slice) {
    return of(arena, slice, true);
  }

  private static double of(ByteArena arena, long slice, boolean whole) {
    byte[] bytes = arena.array();
    int at = ByteArena.offset(slice);
    int end = at + ByteArena.length(slice);
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
        return ofOpenTelemetry(bytes, from + 3, to, whole);
      }
      at = memberEnd + 1;
    }
    return UNKNOWN;
  }

  /** Of the entry's value, {@code th:c;rv:…}; a malformed one tells nothing. */
  private static double ofOpenTelemetry(byte[] bytes, int from, int end, boolean whole) {
    if (end - from > OT_LENGTH_MAX || bytes[end - 1] == ';') {
      return UNKNOWN;
    }
    long threshold = NONE;
    long randomness = NONE;
    int at = from;
    while (at < end) {
      int fieldEnd = indexOf(bytes, ';', at, end);
      int colon = indexOf(bytes, ':', at, fieldEnd);
      if (colon == fieldEnd || !isKey(bytes, at, colon) || !isValue(bytes, colon + 1, fieldEnd)) {
        return UNKNOWN;
      }
      if (isNamed(bytes, at, colon, 't', 'h')) {
        threshold = hex(bytes, colon + 1, fieldEnd, 1);
        if (threshold == NONE) {
          return UNKNOWN;
        }
      } else if (whole && isNamed(bytes, at, colon, 'r', 'v')) {
        randomness = hex(bytes, colon + 1, fieldEnd, DIGITS);
        if (randomness == NONE) {
          return UNKNOWN;
        }
      }
      at = fieldEnd + 1;
    }
    return threshold == NONE ? UNKNOWN : count(threshold, randomness);
  }

  private static boolean isNamed(byte[] bytes, int from, int end, char first, char second) {
    return end - from == 2 && bytes[from] == first && bytes[from + 1] == second;
  }

  /** 56 bits, from the most significant digit on. */
  private static long hex(byte[] bytes, int from, int end, int digitsMin) {
    int digits = end - from;
    if (digits < digitsMin || digits > DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        return NONE;
      }
      value = (value << 4) | digit;
    }
    return value << (4 * (DIGITS - digits));
  }

  private static double count(long threshold, long randomness) {
    double count = 1.0 / ((double) (MAX - threshold) / MAX);
    double least = Math.floor(count);
    if (randomness == NONE || least == count) {
      return count;
    }
    return (randomness >>> 3) / 0x1p53 < count - least ? least + 1 : least;
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
