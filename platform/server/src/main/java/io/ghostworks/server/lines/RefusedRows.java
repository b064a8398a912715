package io.ghostworks.server.lines;

import io.ghostworks.model.Acknowledgement;
import io.ghostworks.model.Rejection;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueColumn;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Which rows a store refused, each with the rejection that tells why. */
final class RefusedRows {

  private RefusedRows() {}

  /**
   * The rejections by row. A row that is too large for the store is told by its size: it is one of
   * the largest.
   */
  static Map<Integer, Rejection> find(LogBatch batch, int rows, Acknowledgement acknowledged) {
    Map<Integer, Rejection> refused = new HashMap<>();
    for (Rejection rejection : acknowledged.rejections()) {
      for (int row = 0; row < rows; row++) {
        if (acknowledged.refusals().isRefused(row)
            && acknowledged.refusals().reason(row) == rejection.reason()) {
          refused.put(row, rejection);
        }
      }
    }
    acknowledged.rejections().stream()
        .filter(rejection -> rejection.reason() == Rejection.Reason.LIMIT_EXCEEDED)
        .forEach(rejection ->
            IntStream.range(0, rows)
                .boxed()
                .filter(row -> !refused.containsKey(row))
                .sorted(Comparator.comparingLong(row -> -bytes(batch, row)))
                .limit(rejection.rows())
                .toList()
                .forEach(row -> refused.put(row, rejection)));
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
