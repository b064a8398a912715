package io.ghostworks.server.tempo;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Finds traces, newest match first: the spans that meet the first tag lead, traces in which the
 * other tags are met too are fetched whole, and those whose length fits are given.
 */
final class TraceSearcher {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final List<Field> IDS = List.of(Field.TRACE_ID, Field.SPAN_ID);
  private static final int TRACE_KEY_BYTES = 96;

  private final RecordSource source;
  private final QueryContext context;

  TraceSearcher(RecordSource source, QueryContext context) {
    this.source = source;
    this.context = context;
  }

  private record TraceKey(long high, long low) {}

  /** The traces found, and how many were looked at. */
  record Found(List<FoundTrace> traces, int inspected) {}

  Found find(TraceSearch search) {
    List<Filter> filters = new ArrayList<>();
    search.tags().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(tag -> filters.add(TagFilters.of(tag.getKey(), tag.getValue())));
    if (filters.isEmpty()) {
      filters.add(Filter.ALL);
    }
    List<Set<TraceKey>> others =
        filters.stream().skip(1).map(filter -> tracesOf(filter, search)).toList();
    List<FoundTrace> found = new ArrayList<>();
    int inspected = 0;
    Map<TraceKey, Set<Long>> candidates = new LinkedHashMap<>();
    try (RecordCursor cursor = source.scan(scan(filters.getFirst(), search), context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        candidates.clear();
        collect(batch, others, candidates);
        for (Map.Entry<TraceKey, Set<Long>> candidate : candidates.entrySet()) {
          if (contains(found, candidate.getKey())) {
            continue;
          }
          inspected++;
          addIfFits(candidate.getKey(), candidate.getValue(), search, found);
          if (found.size() == search.limit()) {
            return new Found(found, inspected);
          }
        }
      }
    }
    return new Found(found, inspected);
  }

  private void addIfFits(
      TraceKey key, Set<Long> matchedSpans, TraceSearch search, List<FoundTrace> found) {
    context.check();
    long before = context.reservedBytes();
    SpanBatch trace = source.trace(key.high(), key.low(), context);
    try {
      addIfFits(trace, matchedSpans, search, found);
    } finally {
      context.release(context.reservedBytes() - before); // what is found holds none of its columns
    }
  }

  private static void addIfFits(
      SpanBatch trace, Set<Long> matchedSpans, TraceSearch search, List<FoundTrace> found) {
    if (trace.rows() == 0) {
      return; // deleted since the scan saw it
    }
    int[] matched =
        IntStream.range(0, trace.rows())
            .filter(row -> matchedSpans.contains(trace.spanId(row)))
            .toArray();
    FoundTrace candidate = FoundTrace.of(trace, matched, search.spansPerSet());
    Duration length = Duration.ofNanos(candidate.durationNanos());
    boolean fits =
        search.minDuration().map(min -> length.compareTo(min) >= 0).orElse(true)
            && search.maxDuration().map(max -> length.compareTo(max) <= 0).orElse(true);
    if (fits) {
      found.add(candidate);
    }
  }

  private static boolean contains(List<FoundTrace> found, TraceKey key) {
    return found.stream()
        .anyMatch(trace -> trace.traceIdHigh() == key.high() && trace.traceIdLow() == key.low());
  }

  private static void collect(
      ColumnBatch batch, List<Set<TraceKey>> others, Map<TraceKey, Set<Long>> candidates) {
    ColumnBatch.BytesColumn traceIds = batch.bytes(0);
    ColumnBatch.BytesColumn spanIds = batch.bytes(1);
    for (int row = 0; row < batch.rows(); row++) {
      TraceKey key = key(traceIds, row);
      if (others.stream().allMatch(set -> set.contains(key))) {
        candidates
            .computeIfAbsent(key, k -> new HashSet<>())
            .add(
                (long) LONGS.get(spanIds.arena().array(), ByteArena.offset(spanIds.slices()[row])));
      }
    }
  }

  private Set<TraceKey> tracesOf(Filter filter, TraceSearch search) {
    Set<TraceKey> keys = new HashSet<>();
    try (RecordCursor cursor = source.scan(scan(filter, search), context)) {
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

  private static TraceKey key(ColumnBatch.BytesColumn ids, int row) {
    int offset = ByteArena.offset(ids.slices()[row]);
    byte[] bytes = ids.arena().array();
    return new TraceKey(
        (long) LONGS.get(bytes, offset), (long) LONGS.get(bytes, offset + Long.BYTES));
  }

  private static RecordScan scan(Filter filter, TraceSearch search) {
    return new RecordScan(
        Signal.SPANS,
        search.startNanos(),
        search.endNanos(),
        filter,
        IDS,
        RecordScan.Order.NEWEST_FIRST,
        Integer.MAX_VALUE);
  }
}
