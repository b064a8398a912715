package io.ghostworks.records;

import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.LogBatch;
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
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.scan.BlockScan;
import io.ghostworks.records.scan.BodyNeedles;
import io.ghostworks.records.scan.ColumnValues;
import io.ghostworks.records.scan.FirstRows;
import io.ghostworks.records.scan.NeededColumns;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.scan.ScanCursor;
import io.ghostworks.records.scan.SourceFacts;
import io.ghostworks.records.scan.VisibleRows;
import io.ghostworks.storage.file.FileSystem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Reads the engine's rows for queries. */
final class RecordReader implements RecordSource {

  private static final int VALUE_BYTES = 80;
  private static final ColumnSet STREAMS =
      new ColumnSet(
          EnumSet.of(ColumnKind.TIME, ColumnKind.RESOURCE, ColumnKind.SCOPE, ColumnKind.STREAM),
          null,
          false);

  private final FileSystem files;
  private final LiveRecords live;
  private final SignalStore<LogBatch> logs;
  private final SignalStore<SpanBatch> spans;

  RecordReader(FileSystem files, LiveRecords live) {
    this.files = files;
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
          tracesOf(scan.filter())
              .map(snapshot::sourcesOfTraces)
              .orElseGet(() ->
                  snapshot.sources(
                      BodyNeedles.of(scan.filter()), scan.startNanos(), scan.endNanos()));
      return new ScanCursor<>(store.readable(), sources, scan, context, snapshot::close);
    } catch (RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  @Override
  public void blocks(
      RecordScan scan, List<Field> details, QueryContext context, Supplier<BlockReader> readers) {
    boolean asRows =
        scan.signal() != Signal.SPANS
            || tracesOf(scan.filter()).isPresent()
            || scan.projection().stream().anyMatch(Field::hasSeveralValues)
            || details.stream().anyMatch(Field::hasSeveralValues);
    if (asRows) {
      RecordSource.super.blocks(scan, details, context, readers);
      return;
    }
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      new BlockScan<>(
              spans.readable(),
              snapshot.sources(List.of(), scan.startNanos(), scan.endNanos()),
              scan,
              details,
              context,
              readers)
          .run();
    }
  }

  private <B> Snapshot<B> snapshot(SignalStore<B> store, QueryContext context) {
    return live.snapshot(store, context.tenant());
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    List<SpanBatch> found = new ArrayList<>(1);
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      new TraceReader(spans, snapshot, context)
          .read(
              TraceIds.of(List.of(new TraceKey(traceIdHigh, traceIdLow))),
              ColumnSet.ALL,
              spansOfTrace -> {
                context.reserve(spans.schema().bytes(spansOfTrace));
                found.add(spansOfTrace);
              });
    }
    return found.isEmpty() ? new SpanBatch() : found.getFirst();
  }

  @Override
  public TraceCursor spansOf(TraceKey id, Collection<Field> columns, QueryContext context) {
    ColumnSet wanted = columns.isEmpty() ? ColumnSet.ALL : NeededColumns.ofSpans(columns);
    TracePieces pieces = new TracePieces(spans, snapshot(spans, context), id, wanted, context);
    try {
      return pieces.open();
    } catch (RuntimeException e) {
      pieces.close();
      throw e;
    }
  }

  @Override
  public void traces(
      Collection<TraceKey> ids,
      Collection<Field> columns,
      QueryContext context,
      Consumer<SpanBatch> each) {
    ColumnSet wanted = columns.isEmpty() ? ColumnSet.ALL : NeededColumns.ofSpans(columns);
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      new TraceReader(spans, snapshot, context).read(TraceIds.of(ids), wanted, each);
    }
  }

  @Override
  public Optional<TimeRange> timesOfTrace(TraceKey id, QueryContext context) {
    try (Snapshot<SpanBatch> snapshot = snapshot(spans, context)) {
      return TraceTimes.of(spans.readable(), snapshot, id, context);
    }
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    SmallestEntries<Labels> found = new SmallestEntries<>(0, RecordReader::bytesOf, context);
    each(
        logs,
        startNanos,
        endNanos,
        STREAMS,
        context,
        source -> false,
        batch -> SourceFacts.streams(batch, selectors, startNanos, endNanos, found::add));
    return found.sorted();
  }

  @Override
  public List<StreamCounts> counts(CountRequest request, QueryContext context) {
    if (request.endNanos() <= request.startNanos()) {
      return List.of();
    }
    try (Snapshot<LogBatch> snapshot = snapshot(logs, context)) {
      return new CountReader(files, logs, snapshot, request, context).counts();
    }
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    SmallestEntries<String> found = texts(limit, context);
    ColumnSet columns =
        switch (scope) {
          case ATTRIBUTE, ATTRIBUTE_OR_RESOURCE -> ColumnSet.KEYS;
          case EVENT, LINK ->
              new ColumnSet(EnumSet.of(ColumnKind.TIME, ColumnKind.DETAILS), null, true);
          case RESOURCE, INSTRUMENTATION, STREAM, INTRINSIC -> STREAMS;
        };
    switch (signal) {
      case LOGS ->
          each(
              logs,
              startNanos,
              endNanos,
              columns,
              context,
              source -> hasKeysInHeader(source, scope, startNanos, endNanos, found::add),
              batch -> SourceFacts.keys(batch, scope, startNanos, endNanos, found::add));
      case SPANS ->
          each(
              spans,
              startNanos,
              endNanos,
              columns,
              context,
              source -> hasKeysInHeader(source, scope, startNanos, endNanos, found::add),
              batch -> SourceFacts.keys(batch, scope, startNanos, endNanos, found::add));
    }
    return found.sorted();
  }

  /** Adds the keys that the header of a block names, where all of its rows count. */
  private static boolean hasKeysInHeader(
      RowSource<?> source,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      Consumer<String> found) {
    boolean whole =
        source.visible().equals(Filter.ALL)
            && source.minTimeNanos() >= startNanos
            && source.maxTimeNanos() < endNanos;
    ColumnBlock block = whole ? source.open() : null;
    return block != null && ColumnValues.keys(block, scope, found);
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
    SmallestEntries<String> found = texts(limit, context);
    values(signal, field, filter, startNanos, endNanos, context, value -> found.add(value.text()));
    return found.sorted();
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
    SmallestEntries<FieldValue> found =
        new SmallestEntries<>(limit, value -> VALUE_BYTES + value.text().length(), context);
    values(signal, field, filter, startNanos, endNanos, context, found::add);
    return found.sorted();
  }

  /** Gives the values of a column, from the dictionaries of blocks where they have one. */
  private void values(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      QueryContext context,
      Consumer<FieldValue> found) {
    switch (signal) {
      case LOGS ->
          values(
              logs,
              new ColumnValues<>(logs.readable(), field, filter, startNanos, endNanos, found),
              field,
              filter,
              startNanos,
              endNanos,
              context);
      case SPANS ->
          values(
              spans,
              new ColumnValues<>(spans.readable(), field, filter, startNanos, endNanos, found),
              field,
              filter,
              startNanos,
              endNanos,
              context);
    }
  }

  private <B> void values(
      SignalStore<B> store,
      ColumnValues<B> values,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      QueryContext context) {
    try (Snapshot<B> snapshot = snapshot(store, context)) {
      List<RowSource<B>> sources =
          tracesOf(filter)
              .map(snapshot::sourcesOfTraces)
              .orElseGet(() -> snapshot.sources(BodyNeedles.of(filter), startNanos, endNanos));
      for (RowSource<B> source : inRange(sources, startNanos, endNanos)) {
        context.check();
        long bytes = ColumnValues.bytes(source, field, filter);
        context.reserve(bytes);
        try {
          values.read(source);
        } finally {
          context.release(bytes);
        }
      }
    }
  }

  /**
   * Shows one batch after the other with these columns; each is reserved while it is looked at. A
   * batch of a part has only rows that show streams, resources, scopes and keys first.
   *
   * @param known whether everything of a source is known without its batch
   */
  private <B> void each(
      SignalStore<B> store,
      long startNanos,
      long endNanos,
      ColumnSet columns,
      QueryContext context,
      Predicate<RowSource<B>> known,
      Consumer<B> reader) {
    try (Snapshot<B> snapshot = snapshot(store, context)) {
      for (RowSource<B> source : inRange(snapshot.sources(), startNanos, endNanos)) {
        context.check();
        if (known.test(source)) {
          continue;
        }
        ColumnSet needed = VisibleRows.columns(source, columns);
        long bytes = source.loadBytes(needed);
        context.reserve(bytes);
        try {
          B first = FirstRows.load(source, needed, startNanos, endNanos);
          B batch = first == null ? source.load(needed) : first;
          context.countRows(store.schema().rows(batch), store.schema().bytes(batch));
          reader.accept(
              first == null ? VisibleRows.of(store.readable(), batch, source.visible()) : batch);
        } finally {
          context.release(bytes);
        }
      }
    }
  }

  private static SmallestEntries<String> texts(int limit, QueryContext context) {
    return new SmallestEntries<>(limit, text -> VALUE_BYTES + text.length(), context);
  }

  private static long bytesOf(Labels labels) {
    long[] bytes = {VALUE_BYTES};
    labels.forEach((name, value) -> bytes[0] += VALUE_BYTES + name.length() + value.length());
    return bytes[0];
  }

  private static <B> List<RowSource<B>> inRange(
      List<RowSource<B>> sources, long startNanos, long endNanos) {
    return sources.stream()
        .filter(source -> source.maxTimeNanos() >= startNanos && source.minTimeNanos() < endNanos)
        .toList();
  }

  /** The traces to which every row of a filter belongs, where it says so. */
  private static Optional<Set<TraceKey>> tracesOf(Filter filter) {
    return switch (filter) {
      case Filter.And and ->
          and.parts().stream().flatMap(part -> tracesOf(part).stream()).findFirst();
      case Filter.Traces traces -> Optional.of(traces.ids());
      case Filter.Compare(Field field, Filter.Operator operator, Filter.Literal.Text(String text))
          when field.equals(Field.TRACE_ID) && operator == Filter.Operator.EQUAL ->
          TraceKey.ofWholeHex(text).map(Set::of);
      default -> Optional.empty();
    };
  }
}
