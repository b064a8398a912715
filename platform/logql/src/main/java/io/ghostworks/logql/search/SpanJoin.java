package io.ghostworks.logql.search;

import io.ghostworks.logql.FoundLine;
import io.ghostworks.logql.quantity.GoDurations;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds the span in which each of some lines was written: that of the line's own id, else the root
 * of its trace, else the first span of it that is there.
 */
final class SpanJoin {
  private static final List<Field> PROJECTION =
      List.of(
          Field.TRACE_ID,
          Field.SPAN_ID,
          Field.PARENT_SPAN_ID,
          Field.TIME,
          Field.DURATION,
          Field.STATUS_CODE,
          Field.SERVICE_NAME,
          Field.NAME);
  private static final String[] STATUSES = {"unset", "ok", "error"};
  private static final int SPAN_BYTES = 400;

  private final RecordSource source;
  private final QueryContext context;

  SpanJoin(RecordSource source, QueryContext context) {
    this.source = source;
    this.context = context;
  }

  private record SpanKey(TraceKey trace, long span) {}

  private record Lead(boolean isRoot, long startNanos, Labels span) {
    boolean isBefore(Lead other) {
      return isRoot != other.isRoot ? isRoot : startNanos < other.startNanos;
    }
  }

  /** The same lines, with the fields of their spans where there are any. */
  List<SearchedLine> join(List<FoundLine> lines) {
    Set<TraceKey> traces = new HashSet<>();
    Set<SpanKey> wanted = new HashSet<>();
    for (FoundLine line : lines) {
      if (line.trace() != null) {
        traces.add(line.trace());
        wanted.add(new SpanKey(line.trace(), line.spanId()));
      }
    }
    Map<SpanKey, Labels> own = new HashMap<>();
    Map<TraceKey, Lead> leads = new HashMap<>();
    // A line wants no more than its own span and one of its trace.
    long bytes = (long) SPAN_BYTES * (traces.size() + wanted.size());
    context.reserve(bytes);
    if (!traces.isEmpty()) {
      read(traces, wanted, own, leads);
    }
    List<SearchedLine> joined = new ArrayList<>(lines.size());
    for (FoundLine line : lines) {
      joined.add(new SearchedLine(line, span(line, own, leads)));
    }
    context.release(bytes);
    return joined;
  }

  private static Labels span(FoundLine line, Map<SpanKey, Labels> own, Map<TraceKey, Lead> leads) {
    TraceKey trace = line.trace();
    if (trace == null) {
      return Labels.EMPTY;
    }
    Labels span = own.get(new SpanKey(trace, line.spanId()));
    if (span != null) {
      return span;
    }
    Lead lead = leads.get(trace);
    return lead == null ? Labels.EMPTY : lead.span();
  }

  private void read(
      Set<TraceKey> traces,
      Set<SpanKey> wanted,
      Map<SpanKey, Labels> own,
      Map<TraceKey, Lead> leads) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            new Filter.Traces(traces),
            PROJECTION,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        for (int row = 0; row < batch.rows(); row++) {
          TraceKey trace = batch.bytes(0).findTraceId(row);
          if (trace == null) {
            continue;
          }
          SpanKey key = new SpanKey(trace, batch.bytes(1).spanId(row));
          boolean isRoot = ByteArena.length(batch.bytes(2).slices()[row]) == 0;
          Lead lead = new Lead(isRoot, batch.longs(3).values()[row], Labels.EMPTY);
          Lead known = leads.get(trace);
          boolean leading = known == null || lead.isBefore(known);
          if (leading || wanted.contains(key)) {
            Labels span = labels(batch, row);
            if (wanted.contains(key)) {
              own.put(key, span);
            }
            if (leading) {
              leads.put(trace, new Lead(isRoot, lead.startNanos(), span));
            }
          }
        }
      }
    }
  }

  private static Labels labels(ColumnBatch batch, int row) {
    int status = (int) batch.longs(5).values()[row];
    return Labels.of(
        "span_service",
        batch.bytes(6).text(row),
        "span_name",
        batch.bytes(7).text(row),
        "span_status",
        status >= 0 && status < STATUSES.length ? STATUSES[status] : Integer.toString(status),
        "span_duration",
        GoDurations.format(batch.longs(4).values()[row]));
  }
}
