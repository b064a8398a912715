package io.ghostworks.server.tempo;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.tempo.FoundTrace.FoundSpan;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Finds traces, newest match first: the spans that meet the first tag lead. Their traces, where the
 * other tags are met too, are candidates, which are summed up many at a time, so that a block is
 * read once for all of them; those whose length fits are given.
 */
final class TraceSearcher {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final List<Field> TRACE = List.of(Field.TRACE_ID);
  private static final List<Field> SPAN =
      List.of(
          Field.TRACE_ID,
          Field.SPAN_ID,
          Field.NAME,
          Field.TIME,
          Field.DURATION,
          Field.PARENT_SPAN_ID,
          Field.SERVICE_NAME,
          Field.STATUS_CODE);
  private static final TraceKey NO_TRACE = new TraceKey(0, 0);
  private static final int TRACE_KEY_BYTES = 96;
  private static final int SUMMARY_BYTES = 1_024;
  private static final int CANDIDATES_MIN = 16;
  private static final int CANDIDATES_MAX = 256;

  private final RecordSource source;
  private final QueryContext context;
  private final TraceSearch search;

  TraceSearcher(RecordSource source, QueryContext context, TraceSearch search) {
    this.source = source;
    this.context = context;
    this.search = search;
  }

  /** The traces found, and how many were looked at. */
  record Found(List<FoundTrace> traces, int inspected) {}

  Found find() {
    List<Filter> filters = new ArrayList<>();
    search.tags().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(tag -> filters.add(TagFilters.of(tag.getKey(), tag.getValue())));
    if (filters.isEmpty()) {
      filters.add(Filter.ALL);
    }
    List<Set<TraceKey>> others = filters.stream().skip(1).map(this::tracesOf).toList();
    return find(filters.getFirst(), others);
  }

  private Found find(Filter lead, List<Set<TraceKey>> others) {
    List<FoundTrace> found = new ArrayList<>();
    Set<TraceKey> seen = new HashSet<>();
    Set<TraceKey> candidates = new LinkedHashSet<>();
    try (RecordCursor cursor = source.scan(tracesThatMeet(lead), context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        for (int row = 0; row < batch.rows(); row++) {
          TraceKey key = key(batch.bytes(0), row);
          if (key.equals(NO_TRACE)) {
            continue;
          }
          if (others.stream().allMatch(set -> set.contains(key)) && !seen.contains(key)) {
            context.reserve(TRACE_KEY_BYTES);
            seen.add(key);
            candidates.add(key);
          }
          if (candidates.size() >= wanted(found)) {
            examine(candidates, lead, found);
            candidates.clear();
          }
          if (found.size() == search.limit()) {
            return end(found, seen);
          }
        }
      }
    }
    examine(candidates, lead, found);
    return end(found, seen);
  }

  private Found end(List<FoundTrace> found, Set<TraceKey> seen) {
    context.release((long) seen.size() * TRACE_KEY_BYTES);
    return new Found(found, seen.size());
  }

  private int wanted(List<FoundTrace> found) {
    return Math.clamp(search.limit() - found.size(), CANDIDATES_MIN, CANDIDATES_MAX);
  }

  /** Adds those candidates that fit, in their order, up to the limit. */
  private void examine(Set<TraceKey> candidates, Filter lead, List<FoundTrace> found) {
    if (candidates.isEmpty()) {
      return;
    }
    context.check();
    long bytes = (long) candidates.size() * (SUMMARY_BYTES + 128L * search.spansPerSet());
    context.reserve(bytes);
    try {
      Map<TraceKey, TraceSummary> summaries = new LinkedHashMap<>();
      candidates.forEach(key -> summaries.put(key, new TraceSummary(key)));
      each(new Filter.Traces(candidates), Long.MIN_VALUE, Long.MAX_VALUE, summaries, this::add);
      summaries.values().removeIf(summary -> !summary.fits(search));
      int room = search.limit() - found.size();
      List<TraceKey> beyond = summaries.keySet().stream().skip(room).toList();
      beyond.forEach(summaries::remove);
      if (!summaries.isEmpty()) {
        Filter matching = new Filter.And(List.of(new Filter.Traces(summaries.keySet()), lead));
        each(matching, search.startNanos(), search.endNanos(), summaries, this::match);
      }
      summaries.values().forEach(summary -> found.add(summary.found()));
    } finally {
      context.release(bytes);
    }
  }

  /** A row of {@link #SPAN}. */
  private record SpanRow(ColumnBatch batch, int row) {
    FoundSpan span() {
      return new FoundSpan(
          number(batch.bytes(1), row),
          batch.bytes(2).text(row),
          batch.longs(3).values()[row],
          batch.longs(4).values()[row]);
    }
  }

  private void add(TraceSummary summary, SpanRow span) {
    ColumnBatch batch = span.batch();
    int row = span.row();
    boolean root = ByteArena.length(batch.bytes(5).slices()[row]) == 0;
    summary.add(span.span(), root, batch.bytes(6).text(row), batch.longs(7).values()[row]);
  }

  private void match(TraceSummary summary, SpanRow span) {
    summary.match(span.span(), search.spansPerSet());
  }

  private void each(
      Filter filter,
      long startNanos,
      long endNanos,
      Map<TraceKey, TraceSummary> summaries,
      BiConsumer<TraceSummary, SpanRow> reader) {
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            startNanos,
            endNanos,
            filter,
            SPAN,
            RecordScan.Order.OLDEST_FIRST,
            Integer.MAX_VALUE);
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        for (int row = 0; row < batch.rows(); row++) {
          TraceSummary summary = summaries.get(key(batch.bytes(0), row));
          if (summary != null) {
            reader.accept(summary, new SpanRow(batch, row));
          }
        }
      }
    }
  }

  private Set<TraceKey> tracesOf(Filter filter) {
    Set<TraceKey> keys = new HashSet<>();
    try (RecordCursor cursor = source.scan(tracesThatMeet(filter), context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        int before = keys.size();
        for (int row = 0; row < batch.rows(); row++) {
          keys.add(key(batch.bytes(0), row));
        }
        context.reserve((long) (keys.size() - before) * TRACE_KEY_BYTES);
      }
    }
    return keys;
  }

  /** The trace of a row, {@link #NO_TRACE} where the span names none. */
  private static TraceKey key(ColumnBatch.BytesColumn ids, int row) {
    long slice = ids.slices()[row];
    if (ByteArena.length(slice) == 0) {
      return NO_TRACE;
    }
    int offset = ByteArena.offset(slice);
    byte[] bytes = ids.arena().array();
    return new TraceKey(
        (long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + Long.BYTES));
  }

  private static long number(ColumnBatch.BytesColumn ids, int row) {
    return (long) LONGS.get(ids.arena().array(), ByteArena.offset(ids.slices()[row]));
  }

  /** The traces of the spans in the range that meet a filter, as often as they come. */
  private RecordScan tracesThatMeet(Filter filter) {
    return new RecordScan(
        Signal.SPANS,
        search.startNanos(),
        search.endNanos(),
        filter,
        TRACE,
        RecordScan.Order.NEWEST_FIRST,
        Integer.MAX_VALUE,
        true);
  }
}
