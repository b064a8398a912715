package io.ghostworks.server.lines;

import io.ghostworks.model.Rejection;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which rows a store refused, of which it tells how many and why: those that are too old are the
 * oldest, those too far ahead the newest, those too large the largest.
 */
final class RefusedRows {

  private RefusedRows() {}

  /**
   * @param times of all rows as they were offered
   * @return the reason by row
   */
  static Map<Integer, Rejection> find(long[] times, LogBatch batch, List<Rejection> rejections) {
    Map<Integer, Rejection> refused = new HashMap<>();
    for (Rejection rejection : rejections) {
      Comparator<Integer> order =
          switch (rejection.reason()) {
            case TOO_OLD -> Comparator.comparingLong(row -> times[row]);
            case TOO_FAR_IN_FUTURE -> Comparator.comparingLong(row -> -times[row]);
            default -> Comparator.comparingLong(row -> -bytes(batch, row));
          };
      IntStream.range(0, times.length)
          .boxed()
          .filter(row -> !refused.containsKey(row))
          .sorted(order)
          .limit(rejection.rows())
          .toList()
          .forEach(row -> refused.put(row, rejection));
    }
    return refused;
  }

  private static long bytes(LogBatch batch, int row) {
    long bytes = length(batch.body(), row);
    for (int entry = batch.attributes().start(row); entry < batch.attributes().end(row); entry++) {
      bytes += 16 + length(batch.attributes().values(), entry);
    }
    return bytes;
  }

  private static long length(ValueColumn values, int index) {
    return ValueColumn.isSlice(values.type(index)) ? ByteArena.length(values.payload(index)) : 8;
  }
}
