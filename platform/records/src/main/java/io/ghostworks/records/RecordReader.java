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

  private final SignalStore<LogBatch> logs;
  private final SignalStore<SpanBatch> spans;
  private final Object lock;

  RecordReader(SignalStore<LogBatch> logs, SignalStore<SpanBatch> spans, Object lock) {
    this.logs = logs;
    this.spans = spans;
    this.lock = lock;
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
    synchronized (lock) {
      return store.snapshot(context.tenant());
    }
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    record Found(SpanBatch batch, int row) {}
    List<Found> found = new ArrayList<>();
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      for (RowSource<SpanBatch> source : snapshot.sourcesOfTrace(traceIdHigh, traceIdLow)) {
        context.check();
        SpanBatch batch = source.load();
        context.countRows(batch.rows(), spans.schema().bytes(batch));
        int before = found.size();
        for (int row = 0; row < batch.rows(); row++) {
          if (batch.traceIdLow(row) == traceIdLow && batch.traceIdHigh(row) == traceIdHigh) {
            found.add(new Found(batch, row));
          }
        }
        if (found.size() > before) {
          context.reserve(source.loadedBytes(batch));
        }
      }
    }
    found.sort(
        Comparator.<Found>comparingLong(each -> each.batch().startNanos(each.row()))
            .thenComparingLong(each -> each.batch().spanId(each.row())));
    RowCopier<SpanBatch> copier = spans.schema().copier();
    for (int i = 0; i < found.size(); i++) {
      Found each = found.get(i);
      boolean repeated = false;
      for (int j = i - 1;
          j >= 0
              && sameStart(found.get(j).batch(), found.get(j).row(), each.batch(), each.row())
              && !repeated;
          j--) {
        repeated =
            spans
                .schema()
                .sameRow(found.get(j).batch(), found.get(j).row(), each.batch(), each.row());
      }
      if (!repeated) {
        copier.copy(each.batch(), each.row());
      }
    }
    return copier.batch();
  }

  private static boolean sameStart(SpanBatch left, int leftRow, SpanBatch right, int rightRow) {
    return left.startNanos(leftRow) == right.startNanos(rightRow)
        && left.spanId(leftRow) == right.spanId(rightRow);
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    Set<Labels> found = new TreeSet<>();
    try (Snapshot<LogBatch> snapshot = snapshot(logs, context)) {
      for (RowSource<LogBatch> source : inRange(snapshot.sources(), startNanos, endNanos)) {
        context.check();
        SourceFacts.streams(source.load(), selectors, startNanos, endNanos, found);
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
            SourceFacts.keys(source.load(), scope, startNanos, endNanos, found);
          }
        }
      }
      case SPANS -> {
        try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
          for (RowSource<SpanBatch> source : inRange(snapshot.sources(), startNanos, endNanos)) {
            context.check();
            SourceFacts.keys(source.load(), scope, startNanos, endNanos, found);
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
        SourceFacts.texts(batch, found);
        context.reserve((long) Math.max(0, found.size() - before) * VALUE_BYTES);
      }
    }
    return first(found, limit);
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
