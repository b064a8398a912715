package io.ghostworks.records;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.records.batch.DistinctRows;
import io.ghostworks.records.batch.RowCopier;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.ScanCursor;
import io.ghostworks.records.scan.SourceFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads the engine's rows for queries. */
final class RecordReader implements RecordSource {

  private static final int VALUE_BYTES = 80;

  private final LiveRecords live;
  private final SignalStore<LogBatch> logs;
  private final SignalStore<SpanBatch> spans;

  RecordReader(LiveRecords live) {
    this.live = live;
    this.logs = live.logs();
    this.spans = live.spans();
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    return switch (scan.signal()) {
      case LOGS -> scan(logs, scan, context);
      case SPANS -> scan(spans, scan, context);
    };
  }

  private <B> RecordCursor scan(SignalStore<B> store, RecordScan scan, QueryContext context) {
    Snapshot<B> snapshot = snapshot(store, context);
    try {
      List<RowSource<B>> sources =
          TraceIdCondition.of(scan.filter())
              .map(id -> snapshot.sourcesOfTrace(id.high(), id.low()))
              .orElseGet(snapshot::sources);
      return new ScanCursor<>(store.readable(), sources, scan, context, snapshot::close);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  private <B> Snapshot<B> snapshot(SignalStore<B> store, QueryContext context) {
    return live.snapshot(store, context.tenant());
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    record Found(SpanBatch batch, int row) {}
    List<Found> found = new ArrayList<>();
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      for (RowSource<SpanBatch> source : snapshot.sourcesOfTrace(traceIdHigh, traceIdLow)) {
        context.check();
        context.reserve(source.loadBytes());
        SpanBatch batch = source.load();
        context.countRows(batch.rows(), spans.schema().bytes(batch));
        int before = found.size();
        for (int row = 0; row < batch.rows(); row++) {
          if (batch.traceIdLow(row) == traceIdLow && batch.traceIdHigh(row) == traceIdHigh) {
            found.add(new Found(batch, row));
          }
        }
        if (found.size() == before) {
          context.release(source.loadBytes());
        }
      }
    }
    found.sort(
        Comparator.<Found>comparingLong(each -> each.batch().startNanos(each.row()))
            .thenComparingLong(each -> each.batch().spanId(each.row())));
    RowCopier<SpanBatch> copier = spans.schema().copier();
    DistinctRows<SpanBatch> distinct = new DistinctRows<>(spans.schema());
    for (Found each : found) {
      if (distinct.add(each.batch(), each.row())) {
        copier.copy(each.batch(), each.row());
      }
    }
    context.reserve(spans.schema().bytes(copier.batch()));
    return copier.batch();
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    Set<Labels> found = new TreeSet<>();
    try (Snapshot<LogBatch> snapshot = snapshot(logs, context)) {
      for (RowSource<LogBatch> source : inRange(snapshot.sources(), startNanos, endNanos)) {
        context.check();
        SourceFacts.streams(load(logs, source, context), selectors, startNanos, endNanos, found);
      }
    }
    return List.copyOf(found);
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    TreeSet<String> found = new TreeSet<>();
    switch (signal) {
      case LOGS -> {
        try (Snapshot<LogBatch> snapshot = snapshot(logs, context)) {
          for (RowSource<LogBatch> source : inRange(snapshot.sources(), startNanos, endNanos)) {
            context.check();
            SourceFacts.keys(load(logs, source, context), scope, startNanos, endNanos, found);
          }
        }
      }
      case SPANS -> {
        try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
          for (RowSource<SpanBatch> source : inRange(snapshot.sources(), startNanos, endNanos)) {
            context.check();
            SourceFacts.keys(load(spans, source, context), scope, startNanos, endNanos, found);
          }
        }
      }
    }
    return first(found, limit);
  }

  @Override
  public List<String> fieldValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    TreeSet<String> found = new TreeSet<>();
    RecordScan scan =
        new RecordScan(
            signal,
            startNanos,
            endNanos,
            filter,
            List.of(field),
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = scan(scan, context)) {
      for (var batch = cursor.next(); batch != null; batch = cursor.next()) {
        int before = found.size();
        SourceFacts.texts(batch, field, found);
        context.reserve((long) Math.max(0, found.size() - before) * VALUE_BYTES);
      }
    }
    return first(found, limit);
  }

  /** Loads a source that is forgotten before the next one is loaded. */
  private static <B> B load(SignalStore<B> store, RowSource<B> source, QueryContext context) {
    context.reserve(source.loadBytes());
    try {
      B batch = source.load();
      context.countRows(store.schema().rows(batch), store.schema().bytes(batch));
      return batch;
    } finally {
      context.release(source.loadBytes());
    }
  }

  private static <B> List<RowSource<B>> inRange(
      List<RowSource<B>> sources, long startNanos, long endNanos) {
    return sources.stream()
        .filter(source -> source.maxTimeNanos() >= startNanos && source.minTimeNanos() < endNanos)
        .toList();
  }

  private static List<String> first(Set<String> values, int limit) {
    return limit <= 0 ? List.copyOf(values) : values.stream().limit(limit).toList();
  }

  /** A trace id that every row of a filter has. */
  private record TraceIdCondition(long high, long low) {
    static Optional<TraceIdCondition> of(Filter filter) {
      return switch (filter) {
        case Filter.And and -> and.parts().stream().flatMap(part -> of(part).stream()).findFirst();
        case Filter.Compare(Field field, Filter.Operator operator, Filter.Literal.Text(String text))
            when field.equals(Field.TRACE_ID)
                && operator == Filter.Operator.EQUAL
                && text.matches("[0-9a-f]{32}") ->
            Optional.of(
                new TraceIdCondition(
                    Long.parseUnsignedLong(text, 0, 16, 16),
                    Long.parseUnsignedLong(text, 16, 32, 16)));
        default -> Optional.empty();
      };
    }
  }
}
