package io.ghostworks.server.zipkin;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceCursor;
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
 * decide lead to candidates, which are read whole, many at a time, and decided exactly. Used by one
 * thread.
 */
final class TraceFinder {

  /** Spans of a trace may begin so long behind its root, whose time counts. */
  private static final long BEHIND_ROOT_NANOS = Duration.ofHours(1).toNanos();

  private static final long NANOS_PER_MS = 1_000_000;
  private static final int CANDIDATES = 32;
  private static final long SEEN_BYTES = 96;

  private final RecordSource records;
  private final QueryContext context;

  TraceFinder(RecordSource records, QueryContext context) {
    this.records = records;
    this.context = context;
  }

  /** The traces that a query asks for. */
  List<TraceKey> find(TraceQuery query) {
    long start = Math.max(0, query.endMs() - query.lookbackMs()) * NANOS_PER_MS;
    long end = query.endMs() * NANOS_PER_MS + BEHIND_ROOT_NANOS;
    List<TraceKey> found = new ArrayList<>();
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
    return found;
  }

  private void decide(Set<TraceKey> candidates, TraceQuery query, List<TraceKey> found) {
    if (candidates.isEmpty() || found.size() >= query.limit()) {
      return;
    }
    Set<TraceKey> met = met(candidates, query);
    for (TraceKey key : candidates) {
      if (found.size() < query.limit() && met.contains(key)) {
        found.add(key);
      }
    }
    candidates.clear();
  }

  private Set<TraceKey> met(Set<TraceKey> candidates, TraceQuery query) {
    try {
      return readTogether(candidates, query);
    } catch (QueryException e) {
      if (e.kind() != QueryException.Kind.LIMIT) {
        throw e;
      }
      return readApart(candidates, query); // Large traces, of which one is held at a time.
    }
  }

  /** Those that meet the query; each block of the store is read once for all. */
  private Set<TraceKey> readTogether(Set<TraceKey> candidates, TraceQuery query) {
    Map<TraceKey, TraceMatch> matches = new HashMap<>();
    records.traces(
        candidates,
        List.of(),
        context,
        batch -> {
          StoredSpans spans = new StoredSpans(batch);
          for (int row = 0; row < batch.rows(); row++) {
            matches
                .computeIfAbsent(
                    new TraceKey(batch.traceIdHigh(row), batch.traceIdLow(row)),
                    key -> new TraceMatch(query))
                .add(lowerCase(spans.span(row)));
          }
        });
    matches.values().removeIf(match -> !match.isMet());
    return matches.keySet();
  }

  private Set<TraceKey> readApart(Set<TraceKey> candidates, TraceQuery query) {
    Set<TraceKey> met = new HashSet<>();
    for (TraceKey key : candidates) {
      TraceMatch match = new TraceMatch(query);
      try (TraceCursor cursor = records.spansOf(key, List.of(), context)) {
        for (SpanBatch piece = cursor.next(); piece != null; piece = cursor.next()) {
          StoredSpans spans = new StoredSpans(piece);
          for (int row = 0; row < piece.rows(); row++) {
            match.add(lowerCase(spans.span(row)));
          }
        }
      }
      if (match.isMet()) {
        met.add(key);
      }
    }
    return met;
  }

  /** As Zipkin has it: names of spans and services in lower case. */
  static ZipkinSpan lowerCase(ZipkinSpan span) {
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
