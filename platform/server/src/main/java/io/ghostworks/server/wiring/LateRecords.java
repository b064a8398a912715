package io.ghostworks.server.wiring;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.BlockReader;
import io.ghostworks.query.record.CountRequest;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.FieldValue;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.StreamCounts;
import io.ghostworks.query.record.TraceCursor;
import io.ghostworks.query.record.TraceKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The records engine's answers, before the engine is open: routes are bound while its journal is
 * replayed.
 */
record LateRecords(Supplier<RecordSource> source) implements RecordSource {

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    return source.get().scan(scan, context);
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    return source.get().trace(traceIdHigh, traceIdLow, context);
  }

  @Override
  public TraceCursor spansOf(TraceKey id, Collection<Field> columns, QueryContext context) {
    return source.get().spansOf(id, columns, context);
  }

  @Override
  public void traces(
      Collection<TraceKey> ids,
      Collection<Field> columns,
      QueryContext context,
      Consumer<SpanBatch> each) {
    source.get().traces(ids, columns, context, each);
  }

  @Override
  public Optional<TimeRange> timesOfTrace(TraceKey id, QueryContext context) {
    return source.get().timesOfTrace(id, context);
  }

  @Override
  public List<FieldValue> typedValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return source.get().typedValues(signal, field, filter, startNanos, endNanos, limit, context);
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    return source.get().streams(selectors, startNanos, endNanos, context);
  }

  @Override
  public void blocks(
      RecordScan scan, List<Field> details, QueryContext context, Supplier<BlockReader> readers) {
    source.get().blocks(scan, details, context, readers);
  }

  @Override
  public List<StreamCounts> counts(CountRequest request, QueryContext context) {
    return source.get().counts(request, context);
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return source.get().attributeKeys(signal, scope, startNanos, endNanos, limit, context);
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
    return source.get().fieldValues(signal, field, filter, startNanos, endNanos, limit, context);
  }
}
