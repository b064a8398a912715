package io.ghostworks.traceql.dependency;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.time.Duration;

/**
 * Dependencies from stored spans: a span whose parent is of another service, or a server's or
 * consumer's span below a client's or producer's, is a call; so is a client's or producer's span
 * that nothing answers, where it names its peer, and a root of a server, whose caller is {@link
 * Dependencies#USER}. A call belongs to the time at which the span starts that is called, or alone.
 *
 * <p>Memory is bounded: spans are read by time in chunks, and a child finds its parent in its own
 * chunk, the one before or the one after. What is farther apart is not linked, and the answer says
 * so.
 */
public final class SpanDependencies implements Dependencies {

  /** Parents and children may start so long before and after the range. */
  private static final long MARGIN_NANOS = Duration.ofMinutes(1).toNanos();

  private static final int CHUNK_ROWS = 131_072;

  private final RecordSource records;
  private final int chunkRows;

  public SpanDependencies(RecordSource records) {
    this(records, CHUNK_ROWS);
  }

  SpanDependencies(RecordSource records, int chunkRows) {
    this.records = records;
    this.chunkRows = chunkRows;
  }

  @Override
  public DependencyGraph between(long startNanos, long endNanos, QueryContext context) {
    context.reserve(2L * chunkRows * SpanChunk.BYTES_PER_ROW);
    SpanLinker linker = new SpanLinker(chunkRows);
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            Math.max(0, startNanos - MARGIN_NANOS),
            endNanos > Long.MAX_VALUE - MARGIN_NANOS ? Long.MAX_VALUE : endNanos + MARGIN_NANOS,
            Filter.ALL,
            SpanColumns.PROJECTION,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        new SpanColumns(batch).addTo(linker, startNanos, endNanos);
      }
    }
    return linker.graph();
  }
}
