package io.ghostworks.traceql.eval;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.traceql.trace.SpanLinks;
import io.ghostworks.traceql.trace.TraceSummary;
import io.ghostworks.traceql.trace.TraceTree;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The spans of one trace: consecutive rows of a batch. Spans are numbered from 0 by their start,
 * then their id. Structure and summary are worked out when they are first asked for. Used by one
 * thread, and no longer than its batch.
 */
public final class TraceSpans {
  private final BatchKeys keys;
  private final int[] rows;
  private final WorkMeter meter;
  private @Nullable TraceTree tree;
  private @Nullable TraceSummary summary;

  private TraceSpans(BatchKeys keys, int[] rows, WorkMeter meter) {
    this.keys = keys;
    this.meter = meter;
    this.rows = rows;
  }

  /** The rows from one on up to, exclusively, another. */
  static TraceSpans of(BatchKeys keys, int fromRow, int toRow, WorkMeter meter) {
    int[] rows = new int[toRow - fromRow];
    Arrays.setAll(rows, i -> fromRow + i);
    int[] byStart = SpanLinks.of(keys.batch(), rows).byStart();
    Arrays.setAll(rows, i -> fromRow + byStart[i]);
    return new TraceSpans(keys, rows, meter);
  }

  BatchKeys keys() {
    return keys;
  }

  WorkMeter meter() {
    return meter;
  }

  public SpanBatch batch() {
    return keys.batch();
  }

  /** How many spans. */
  public int size() {
    return rows.length;
  }

  /** The row of the batch that a span is. */
  public int row(int span) {
    return rows[span];
  }

  /** Its rows are the numbers of spans. */
  public TraceTree tree() {
    TraceTree known = tree;
    if (known == null) {
      known = TraceTree.of(SpanLinks.of(batch(), rows));
      tree = known;
    }
    return known;
  }

  public TraceSummary summary() {
    TraceSummary known = summary;
    if (known == null) {
      TraceSummary.Builder builder = new TraceSummary.Builder();
      for (int row : rows) {
        builder.add(batch(), row, keys.serviceName(batch().resource(row)));
      }
      known = builder.build();
      summary = known;
    }
    return known;
  }
}
