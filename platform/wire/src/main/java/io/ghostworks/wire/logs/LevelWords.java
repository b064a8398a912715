package io.ghostworks.wire.logs;

import java.util.List;

/**
 * The words for levels as Loki normalises them, and how they are found in running text. A level is
 * a number from 0 to 7, whose word {@link #WORDS} has.
 *
 * <p>Source: the behaviour of grafana/loki pkg/distributor/field_detection.go.
 */
final class LevelWords {
  static final int UNKNOWN = 0;
  static final int TRACE = 1;
  static final int DEBUG = 2;
  static final int INFO = 3;
  static final int WARN = 4;
  static final int ERROR = 5;
  static final int CRITICAL = 6;
  static final int FATAL = 7;

  /** The word of each level. */
  static final List<String> WORDS =
      List.of("unknown", "trace", "debug", "info", "warn", "error", "critical", "fatal");

  /** What is not one of the words that are normalised. */
  static final int NONE = -1;

  private static final byte LEFT = 1;
  private static final byte RIGHT = 2;

  /** The first byte of U+0130, which Go lowers to "i". */
  private static final byte DOTTED_I = 4;

  private static final byte[] KINDS = new byte[256];

  static {
    for (byte left : " \t\n[({\"'=|".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
      KINDS[left] |= LEFT;
    }
    for (byte right : " \t\n[](){}:,!\"'=|".getBytes(java.nio.charset.StandardCharsets.US_ASCII)) {
      KINDS[right] |= RIGHT;
    }
    KINDS[0xc4] |= DOTTED_I;
  }

  private LevelWords() {}

  /** The level of a severity number of OTLP; unknown beyond 24. */
  static int ofSeverity(long number) {
    if (number == 0 || number > 24) {
      return UNKNOWN;
    }
    if (number <= 4) {
      return TRACE;
    }
    return switch ((int) (number - 1) / 4) {
      case 1 -> DEBUG;
      case 2 -> INFO;
      case 3 -> WARN;
      case 4 -> ERROR;
      default -> FATAL;
    };
  }

  /** The level that a whole word names in any case, or {@link #NONE}. */
  static int ofWord(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 3 -> ofAbbreviation(bytes, from);
      case 4 -> is(bytes, from, "info") ? INFO : is(bytes, from, "warn") ? WARN : NONE;
      case 5 ->
          is(bytes, from, "debug")
              ? DEBUG
              : is(bytes, from, "error")
                  ? ERROR
                  : is(bytes, from, "trace") ? TRACE : is(bytes, from, "fatal") ? FATAL : NONE;
      case 7 -> is(bytes, from, "warning") ? WARN : NONE;
      case 8 -> is(bytes, from, "critical") ? CRITICAL : NONE;
      case 11 -> is(bytes, from, "information") ? INFO : NONE;
      default -> NONE;
    };
  }

  private static int ofAbbreviation(byte[] bytes, int from) {
    if (is(bytes, from, "err")) {
      return ERROR;
    }
    if (is(bytes, from, "inf")) {
      return INFO;
    }
    if (is(bytes, from, "dbg")) {
      return DEBUG;
    }
    return is(bytes, from, "wrn") ? WARN : is(bytes, from, "trc") ? TRACE : NONE;
  }

  /** The first level that running text names as a word of its own; unknown if it names none. */
  static int ofText(byte[] bytes, int from, int to) {
    int level = wordAt(bytes, from, to);
    for (int at = from; level == UNKNOWN && at < to; at++) {
      byte kind = KINDS[bytes[at] & 0xff];
      if ((kind & LEFT) != 0) {
        level = wordAt(bytes, at + 1, to);
      } else if (kind == DOTTED_I && at + 1 < to && bytes[at + 1] == (byte) 0xb0) {
        byte[] lowered = withoutDottedI(bytes, from, to);
        return ofText(lowered, 0, lowered.length);
      }
    }
    return level;
  }

  private static int wordAt(byte[] bytes, int at, int to) {
    if (to - at < 3) {
      return UNKNOWN;
    }
    return switch (bytes[at] | 0x20) {
      case 't' -> stands(bytes, at, to, "trace") ? TRACE : UNKNOWN;
      case 'd' -> stands(bytes, at, to, "debug") ? DEBUG : UNKNOWN;
      case 'f' -> stands(bytes, at, to, "fatal") ? FATAL : UNKNOWN;
      case 'c' -> stands(bytes, at, to, "critical") ? CRITICAL : UNKNOWN;
      case 'e' -> stands(bytes, at, to, "error") || stands(bytes, at, to, "err") ? ERROR : UNKNOWN;
      case 'w' ->
          stands(bytes, at, to, "warn") || stands(bytes, at, to, "warning") ? WARN : UNKNOWN;
      case 'i' -> stands(bytes, at, to, "info") ? INFO : UNKNOWN;
      default -> UNKNOWN;
    };
  }

  private static boolean stands(byte[] bytes, int at, int to, String word) {
    int end = at + word.length();
    return end <= to
        && is(bytes, at, word)
        && (end == to || (KINDS[bytes[end] & 0xff] & RIGHT) != 0);
  }

  /** Whether lower-case letters stand at a place, in any case. */
  private static boolean is(byte[] bytes, int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if ((bytes[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static byte[] withoutDottedI(byte[] bytes, int from, int to) {
    byte[] out = new byte[to - from];
    int size = 0;
    for (int at = from; at < to; at++) {
      if (bytes[at] == (byte) 0xc4 && at + 1 < to && bytes[at + 1] == (byte) 0xb0) {
        out[size++] = 'i';
        at++;
      } else {
        out[size++] = bytes[at];
      }
    }
    return java.util.Arrays.copyOf(out, size);
  }
}
