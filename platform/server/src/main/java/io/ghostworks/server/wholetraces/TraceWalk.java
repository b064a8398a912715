package io.ghostworks.server.wholetraces;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks through traces, one after the other, some spans at a time: {@link #next} turns to the next
 * spans, the other methods tell what they are. Used by one thread at a time.
 */
public final class TraceWalk implements AutoCloseable {

  private final RecordSource records;
  private final QueryContext context;
  private final Iterator<TraceKey> ids;
  private final int spansMax;
  private final List<TraceKey> missing = new ArrayList<>();
  private @Nullable TraceCursor cursor;
  private @Nullable TraceKey id;
  private SpanBatch spans = new SpanBatch();
  private boolean first;
  private int from;
  private int to;

  /**
   * @param ids of the traces, in the order in which they are given
   * @param spansMax at a time
   */
  public TraceWalk(RecordSource records, QueryContext context, List<TraceKey> ids, int spansMax) {
    this.records = records;
    this.context = context;
    this.ids = ids.iterator();
    this.spansMax = spansMax;
  }

  /** Turns to the next spans; false if there are no more. */
  public boolean next() {
    first = false;
    from = to;
    while (from == spans.rows()) {
      SpanBatch piece = cursor == null ? null : cursor.next();
      from = 0;
      if (piece != null) {
        spans = piece;
      } else if (!nextTrace()) {
        to = 0;
        return false;
      }
    }
    to = (int) Math.min(spans.rows(), (long) from + spansMax);
    return true;
  }

  private boolean nextTrace() {
    close();
    while (ids.hasNext()) {
      context.check();
      TraceKey wanted = ids.next();
      TraceCursor opened = records.spansOf(wanted, List.of(), context);
      cursor = opened;
      SpanBatch piece = opened.next();
      if (piece != null) {
        id = wanted;
        spans = piece;
        first = true;
        return true;
      }
      missing.add(wanted);
      close();
    }
    return false;
  }

  /** Whether the spans are the first ones of their trace. */
  public boolean isFirst() {
    return first;
  }

  /** The trace. */
  public TraceKey id() {
    if (id == null) {
      throw new IllegalStateException("the walk has not begun");
    }
    return id;
  }

  /** The batch that holds the spans, from {@link #from} to {@link #to}. */
  public SpanBatch spans() {
    return spans;
  }

  /** Inclusive. */
  public int from() {
    return from;
  }

  /** Exclusive. */
  public int to() {
    return to;
  }

  /** The traces so far of which there is no span. */
  public List<TraceKey> missing() {
    return missing;
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    spans = new SpanBatch();
  }
}
