package io.ghostworks.traceql.metrics;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.RecordBlock;

/**
 * For how many spans a sampled span stands: one by its probability, which its trace state tells
 * ({@code ot=th:...}); made a whole number by the randomness there ({@code rv:...}), if it has
 * some. Source: OpenTelemetry's "TraceState: Probability Sampling", Tempo's pkg/sampling.
 */
final class SpanMultiplier {

  private static final int DIGITS = 14;
  private static final double MOST = 0x1p56;

  private SpanMultiplier() {}

  /** Reads a column of trace states; 1 where nothing is known. */
  static void read(RecordBlock.Values column, int rows, double[] out) {
    ValueColumn values = column.values();
    int[] codes = column.codes();
    long last = ByteArena.EMPTY;
    double multiplier = 1;
    for (int row = 0; row < rows; row++) {
      int at = codes == null ? row : codes[row];
      long slice =
          at >= 0 && values.type(at) == ValueColumn.STRING ? values.payload(at) : ByteArena.EMPTY;
      if (slice != last) {
        multiplier = slice == ByteArena.EMPTY ? 1 : of(values.arena().text(slice));
        last = slice;
      }
      out[row] = multiplier;
    }
  }

  /** Of one trace state; 1 where nothing is known. */
  static double of(String traceState) {
    for (String member : traceState.split(",", -1)) {
      String trimmed = member.trim();
      if (trimmed.startsWith("ot=")) {
        return ofOpenTelemetry(trimmed.substring(3));
      }
    }
    return 1;
  }

  private static double ofOpenTelemetry(String value) {
    long threshold = -1;
    long randomness = -1;
    for (String field : value.split(";", -1)) {
      int colon = field.indexOf(':');
      if (colon < 1) {
        return 1;
      }
      String text = field.substring(colon + 1);
      switch (field.substring(0, colon)) {
        case "th" -> {
          threshold = hex(text, 1);
          if (threshold < 0) {
            return 1;
          }
        }
        case "rv" -> {
          randomness = hex(text, DIGITS);
          if (randomness < 0) {
            return 1;
          }
        }
        default -> {}
      }
    }
    return threshold < 0 ? 1 : whole(MOST / (MOST - threshold), randomness);
  }

  /** 56 bits from the most significant digit on, or -1. */
  private static long hex(String text, int digitsMin) {
    if (text.length() < digitsMin || text.length() > DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < DIGITS; i++) {
      int digit = i < text.length() ? Character.digit(text.charAt(i), 16) : 0;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static double whole(double multiplier, long randomness) {
    double least = Math.floor(multiplier);
    if (randomness < 0 || least == multiplier) {
      return multiplier;
    }
    return (randomness >>> 3) / 0x1p53 < multiplier - least ? least + 1 : least;
  }
}
