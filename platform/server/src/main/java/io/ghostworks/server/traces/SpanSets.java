package io.ghostworks.server.traces;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.TraceqlOptions;
import io.ghostworks.traceql.analysis.SetComparison;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.Spanset;
import io.ghostworks.traceql.eval.TraceSpans;
import io.ghostworks.traceql.fetch.TraceRange;
import io.ghostworks.traceql.fetch.TraceWalk;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads two sets of spans that queries name, and counts their attributes. A span of both belongs to
 * the selection, as in Tempo's {@code compare()}. Of a set with more spans than are wanted, those
 * of the newest traces are read.
 */
final class SpanSets {
  private static final TraceKey UNTRACED = new TraceKey(0, 0);
  private static final List<Field> COLUMNS =
      List.of(
          Field.TRACE_ID,
          Field.SPAN_ID,
          Field.NAME,
          Field.KIND,
          Field.STATUS_CODE,
          Field.STATUS_MESSAGE,
          Field.ATTRIBUTES,
          Field.RESOURCE_ATTRIBUTES);
  private static final String[] KINDS = {
    "unspecified", "internal", "server", "client", "producer", "consumer"
  };
  private static final String[] STATUSES = {"unset", "ok", "error"};
  private static final String INTRINSIC = "intrinsic";
  private static final int SPAN_BYTES = 160;
  private static final int TRACES_AT_ONCE = 512;
  private static final int TEXT_MAX = 200;

  private final RecordSource records;
  private final QueryContext context;
  private final TraceRange range;
  private final int spansMax;
  private final Map<SpanKey, SetComparison.Set> found = new HashMap<>();
  private final SetComparison comparison = new SetComparison();
  private final BitSet seenKeys = new BitSet();
  private boolean sampled;

  SpanSets(
      RecordSource records, QueryContext context, long startNanos, long endNanos, int spansMax) {
    this.records = records;
    this.context = context;
    this.range =
        new TraceRange(startNanos, endNanos, TraceqlOptions.DEFAULT.traceReach().toNanos());
    this.spansMax = spansMax;
  }

  private record SpanKey(TraceKey trace, long span) {}

  /** Reads both and counts. */
  SetComparison compare(Pipeline selection, Pipeline baseline) {
    find(selection, SetComparison.Set.SELECTION);
    find(baseline, SetComparison.Set.BASELINE);
    count();
    return comparison;
  }

  /** Whether a set has more spans than were read. */
  boolean sampled() {
    return sampled;
  }

  private void find(Pipeline pipeline, SetComparison.Set set) {
    PipelineEvaluation evaluation = PipelineEvaluation.of(pipeline);
    Collector collector = new Collector(set);
    new TraceWalk(records, context).some(pipeline, List.of(), evaluation, range, collector);
  }

  /** Takes the spans of one set. */
  private final class Collector implements TraceWalk.LimitedTaker {
    private final SetComparison.Set set;
    private int taken;

    Collector(SetComparison.Set set) {
      this.set = set;
    }

    @Override
    public int wanted() {
      return TRACES_AT_ONCE;
    }

    @Override
    public boolean isDone(long timeNanos) {
      return taken >= spansMax;
    }

    @Override
    public void take(TraceSpans trace, List<Spanset> spansets) {
      for (Spanset spanset : spansets) {
        for (int span : spanset.spans()) {
          if (taken == spansMax) {
            sampled = true;
            return;
          }
          int row = trace.row(span);
          SpanKey key =
              new SpanKey(
                  new TraceKey(trace.batch().traceIdHigh(row), trace.batch().traceIdLow(row)),
                  trace.batch().spanId(row));
          context.reserve(SPAN_BYTES);
          taken += found.putIfAbsent(key, set) == null ? 1 : 0;
        }
      }
    }
  }

  private void count() {
    Set<TraceKey> traces = new HashSet<>();
    found.keySet().forEach(key -> traces.add(key.trace()));
    if (traces.isEmpty()) {
      return;
    }
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            range.startNanos() - range.reachNanos(),
            range.endNanos() + range.reachNanos(),
            new Filter.Traces(traces),
            COLUMNS,
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        long held = comparison.heldBytes();
        for (int row = 0; row < batch.rows(); row++) {
          TraceKey trace = batch.bytes(0).findTraceId(row);
          SetComparison.Set set =
              found.get(new SpanKey(trace == null ? UNTRACED : trace, batch.bytes(1).spanId(row)));
          if (set != null) {
            count(batch, row, set);
          }
        }
        context.reserve(comparison.heldBytes() - held);
      }
    }
  }

  private void count(ColumnBatch batch, int row, SetComparison.Set set) {
    comparison.addSpan(set);
    comparison.addText(set, INTRINSIC, "name", shortened(batch.bytes(2).text(row)));
    comparison.addText(set, INTRINSIC, "kind", word(KINDS, batch.longs(3).values()[row]));
    comparison.addText(set, INTRINSIC, "status", word(STATUSES, batch.longs(4).values()[row]));
    String message = batch.bytes(5).text(row);
    if (!message.isEmpty()) {
      comparison.addText(set, INTRINSIC, "statusMessage", shortened(message));
    }
    attributes(set, "span", batch.attributes(6), row);
    attributes(set, "resource", batch.attributes(7), row);
  }

  private void attributes(
      SetComparison.Set set, String scope, ColumnBatch.AttributesColumn column, int row) {
    AttributeColumns attributes = column.attributes();
    int of = column.attributeRows()[row];
    seenKeys.clear();
    for (int entry = attributes.start(of); entry < attributes.end(of); entry++) {
      ValueColumn values = attributes.values();
      String text = ValueText.of(values, entry);
      if (text == null || seenKeys.get(attributes.keyId(entry))) {
        continue;
      }
      seenKeys.set(attributes.keyId(entry));
      String key = attributes.key(entry);
      switch (values.type(entry)) {
        case ValueColumn.INT ->
            comparison.addNumber(set, scope, key, (double) values.payload(entry), text);
        case ValueColumn.DOUBLE ->
            comparison.addNumber(set, scope, key, values.doubleValue(entry), text);
        default -> comparison.addText(set, scope, key, shortened(text));
      }
    }
  }

  private static String word(String[] words, long number) {
    return number >= 0 && number < words.length ? words[(int) number] : Long.toString(number);
  }

  private static String shortened(String text) {
    return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "…";
  }
}
