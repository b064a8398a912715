package io.ghostworks.records;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource.TimeRange;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.NeededColumns;
import io.ghostworks.records.scan.ReadableSchema;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.TraceRows;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The times of a trace: from the index of each part that knows them, else from its rows. */
final class TraceTimes {

  private long startNanos = Long.MAX_VALUE;
  private long endNanos = Long.MIN_VALUE;

  private TraceTimes() {}

  static Optional<TimeRange> of(
      ReadableSchema<SpanBatch> readable,
      Snapshot<SpanBatch> snapshot,
      TraceKey id,
      QueryContext context) {
    TraceTimes times = new TraceTimes();
    Set<TraceKey> ids = Set.of(id);
    for (RowSource<SpanBatch> source : snapshot.sourcesOfTraces(ids)) {
      context.check();
      boolean hides = !source.visible().equals(Filter.ALL);
      TimeRange known =
          source.origin() instanceof RecordPart<?> part && !hides
              ? inPart(part, id, context)
              : null;
      if (known != null) {
        times.add(known.startNanos(), known.endNanos());
      } else {
        ColumnSet columns = hides ? ColumnSet.ALL : NeededColumns.ofSpans(List.of(Field.TIME));
        times.addRows(TraceRows.load(readable, source, ids, columns, context), id);
      }
    }
    return times.endNanos == Long.MIN_VALUE
        ? Optional.empty()
        : Optional.of(new TimeRange(times.startNanos, times.endNanos));
  }

  /** Null where the part does not know them, or has such a trace of another tenant too. */
  private static @Nullable TimeRange inPart(RecordPart<?> part, TraceKey id, QueryContext context) {
    for (int block : part.blocksOfTrace(id.high(), id.low())) {
      if (!part.tenant(block).equals(context.tenant())) {
        return null;
      }
    }
    return part.isColumnar() ? part.timesOfTrace(part.traceOrdinal(id.high(), id.low())) : null;
  }

  private void addRows(SpanBatch batch, TraceKey id) {
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.traceIdLow(row) == id.low() && batch.traceIdHigh(row) == id.high()) {
        long end = Math.max(batch.startNanos(row), batch.endNanos(row));
        add(batch.startNanos(row), end == Long.MAX_VALUE ? end : end + 1);
      }
    }
  }

  private void add(long start, long end) {
    startNanos = Math.min(startNanos, start);
    endNanos = Math.max(endNanos, end);
  }
}
