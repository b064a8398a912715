package io.ghostworks.server.zipkin;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.wire.zipkin.StoredSpans;
import io.ghostworks.wire.zipkin.ZipkinSpan;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds traces, those with the newest matching spans first: spans that meet what the store can
 * decide lead to candidates, which are read whole, many at a time, and decided exactly.
 */
final class TraceFinder {

  /** Spans of a trace may begin so long behind its root, whose time counts. */
  private static final long BEHIND_ROOT_NANOS = Duration.ofHours(1).toNanos();

  private static final long NANOS_PER_MS = 1_000_000;
  private static final int CANDIDATES = 32;
  private static final long SEEN_BYTES = 96;

  /** Of spans as objects, and of the answer that is written of them. */
  private static final long SPAN_BYTES = 1_024;

  private static final long VALUE_BYTES = 192;
  private static final long TEXT_FACTOR = 3;

  private final RecordSource records;
  private final QueryContext context;

  TraceFinder(RecordSource records, QueryContext context) {
    this.records = records;
    this.context = context;
  }

  /** The traces that a query asks for, each by start time. */
  List<List<ZipkinSpan>> find(TraceQuery query) {
    long start = Math.max(0, query.endMs() - query.lookbackMs()) * NANOS_PER_MS;
    long end = query.endMs() * NANOS_PER_MS + BEHIND_ROOT_NANOS;
    List<List<ZipkinSpan>> found = new ArrayList<>();
    Set<TraceKey> seen = new HashSet<>();
    Set<TraceKey> candidates = new LinkedHashSet<>();
    RecordScan scan =
        new RecordScan(
            Signal.SPANS,
            start,
            end,
            LeadingSpans.of(query, new StoredNames(records, context, start, end)),
            List.of(Field.TRACE_ID),
            RecordScan.Order.NEWEST_FIRST,
            Integer.MAX_VALUE,
            true);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        for (int row = 0; row < batch.rows() && found.size() < query.limit(); row++) {
          TraceKey key = batch.bytes(0).findTraceId(row);
          if (key != null && seen.add(key)) {
            context.reserve(SEEN_BYTES);
            candidates.add(key);
          }
          if (candidates.size() == CANDIDATES) {
            decide(candidates, query, found);
          }
        }
        if (found.size() >= query.limit()) {
          break;
        }
      }
    }
    decide(candidates, query, found);
    context.release(seen.size() * SEEN_BYTES);
    return found;
  }

  private void decide(Set<TraceKey> candidates, TraceQuery query, List<List<ZipkinSpan>> found) {
    if (candidates.isEmpty() || found.size() >= query.limit()) {
      return;
    }
    Map<TraceKey, List<ZipkinSpan>> read = traces(candidates);
    for (TraceKey key : candidates) {
      List<ZipkinSpan> trace = read.getOrDefault(key, List.of());
      if (found.size() < query.limit() && query.matches(trace)) {
        found.add(trace);
      }
    }
    candidates.clear();
  }

  /** The spans of some traces, by start time; none of a trace that is not there. */
  Map<TraceKey, List<ZipkinSpan>> traces(Set<TraceKey> keys) {
    Map<TraceKey, List<ZipkinSpan>> traces = new HashMap<>();
    records.traces(
        keys,
        List.of(),
        context,
        (SpanBatch batch) -> {
          context.reserve(bytes(batch));
          for (ZipkinSpan span : new StoredSpans(batch).all()) {
            traces
                .computeIfAbsent(
                    new TraceKey(span.traceIdHigh(), span.traceIdLow()), key -> new ArrayList<>())
                .add(lowerCase(span));
          }
        });
    return traces;
  }

  private static long bytes(SpanBatch batch) {
    long values =
        (long) batch.attributes().values().size()
            + batch.events().attributes().values().size()
            + batch.events().size();
    return SPAN_BYTES * batch.rows() + VALUE_BYTES * values + TEXT_FACTOR * batch.arena().size();
  }

  /** As Zipkin has it: names of spans and services in lower case. */
  private static ZipkinSpan lowerCase(ZipkinSpan span) {
    return new ZipkinSpan(
        span.traceIdHigh(),
        span.traceIdLow(),
        span.id(),
        span.parentId(),
        span.kind(),
        span.name().toLowerCase(Locale.ROOT),
        span.timestampMicros(),
        span.durationMicros(),
        lowerCase(span.local()),
        lowerCase(span.remote()),
        span.annotations(),
        span.tags(),
        span.debug(),
        span.shared());
  }

  private static @Nullable Endpoint lowerCase(@Nullable Endpoint endpoint) {
    return endpoint == null
        ? null
        : new Endpoint(
            endpoint.serviceName().toLowerCase(Locale.ROOT),
            endpoint.ipv4(),
            endpoint.ipv6(),
            endpoint.port());
  }
}
