package io.ghostworks.logql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordSource;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The samples of one slice of time while they are made, by its own thread or by a helper. */
final class SliceWork {
  private static final long SAMPLE_BYTES = Integer.BYTES + Long.BYTES + Double.BYTES;

  private final SampleExtractor extractor;
  private final QueryContext context;
  private final RecordCursor cursor;
  private final ArrayDeque<SampleBatch> made = new ArrayDeque<>();
  private long reserved;

  SliceWork(
      SampleScan scan,
      long startNanos,
      long endNanos,
      SampleExtractor extractor,
      RecordSource source,
      QueryContext context) {
    this.extractor = extractor;
    this.context = context;
    this.cursor = source.scan(scan.rows(startNanos, endNanos), context);
  }

  SampleExtractor extractor() {
    return extractor;
  }

  Labels labels(int series) {
    return extractor.labels(series);
  }

  /** Adds the next samples, of which there may be none; false at the end. */
  boolean read(SampleBatch out) {
    context.check();
    ColumnBatch rows = cursor.next();
    if (rows == null) {
      return false;
    }
    extractor.extract(rows, out);
    return true;
  }

  /** Makes all samples and keeps them. */
  void readAll() {
    SampleBatch batch = new SampleBatch();
    while (read(batch)) {
      if (batch.size() > 0) {
        long bytes = batch.size() * SAMPLE_BYTES;
        context.reserve(bytes);
        reserved += bytes;
        made.add(batch);
        batch = new SampleBatch();
      }
    }
  }

  /** The next samples that were kept, or null at the end. */
  @Nullable SampleBatch take() {
    SampleBatch batch = made.poll();
    if (batch != null) {
      long bytes = batch.size() * SAMPLE_BYTES;
      context.release(bytes);
      reserved -= bytes;
    }
    return batch;
  }

  void close() {
    made.clear();
    context.release(reserved);
    reserved = 0;
    cursor.close();
  }
}
