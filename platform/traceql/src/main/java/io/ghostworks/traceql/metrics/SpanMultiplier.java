package io.ghostworks.traceql.metrics;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.semconv.AdjustedCount;
import io.ghostworks.query.record.RecordBlock;

/**
 * For how many spans a sampled span stands: one by its probability, which its trace state tells
 * ({@code ot=th:...}); made a whole number by the randomness there ({@code rv:...}), if it has
 * some.
 */
final class SpanMultiplier {

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
        multiplier = of(values.arena(), slice);
        last = slice;
      }
      out[row] = multiplier;
    }
  }

  /** Of one trace state; 1 where nothing is known. */
  static double of(ByteArena arena, long traceState) {
    double count = AdjustedCount.wholeOfTraceState(arena, traceState);
    return count == AdjustedCount.UNKNOWN ? 1 : count;
  }
}
