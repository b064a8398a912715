package io.ghostworks.traceql;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.MatchedTrace.SpansetMatch;
import io.ghostworks.traceql.TraceSearchRequest.Order;
import io.ghostworks.traceql.eval.ShownAttributes;
import io.ghostworks.traceql.eval.Spanset;
import io.ghostworks.traceql.eval.TraceSpans;
import io.ghostworks.traceql.fetch.TraceWalk;
import io.ghostworks.traceql.trace.TraceSummary;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The best traces of a search so far, as many as it may give. Used by one thread. */
final class FoundTraces implements TraceWalk.LimitedTaker {
  private static final int WANTED_MIN = 16;
  private static final int WANTED_MAX = 256;

  /** A place in the order of the answer. */
  private record Place(long rank, TraceKey id) {}

  private final TraceSearchRequest request;
  private final ShownAttributes shown;
  private final TreeMap<Place, MatchedTrace> traces =
      new TreeMap<>(Comparator.comparingLong(Place::rank).reversed().thenComparing(Place::id));

  FoundTraces(TraceSearchRequest request, ShownAttributes shown) {
    this.request = request;
    this.shown = shown;
  }

  /** In the order of the request. */
  List<MatchedTrace> traces() {
    return List.copyOf(traces.values());
  }

  @Override
  public int wanted() {
    return Math.clamp(request.limit() - traces.size(), WANTED_MIN, WANTED_MAX);
  }

  @Override
  public boolean isDone(long timeNanos) {
    return request.order() == Order.NEWEST_FIRST
        && traces.size() == request.limit()
        && traces.lastKey().rank() > timeNanos;
  }

  @Override
  public void take(TraceSpans trace, List<Spanset> spansets) {
    SpanBatch batch = trace.batch();
    int row = trace.row(0);
    TraceSummary summary = trace.summary();
    long rank =
        request.order() == Order.NEWEST_FIRST ? summary.startNanos() : summary.durationNanos();
    Place place = new Place(rank, new TraceKey(batch.traceIdHigh(row), batch.traceIdLow(row)));
    boolean full = traces.size() == request.limit();
    if (full && traces.comparator().compare(place, traces.lastKey()) > 0) {
      return;
    }
    traces.put(place, matched(trace, place.id(), spansets));
    if (full) {
      traces.pollLastEntry();
    }
  }

  private MatchedTrace matched(TraceSpans trace, TraceKey id, List<Spanset> spansets) {
    return new MatchedTrace(
        id, trace.summary(), spansets.stream().map(spanset -> match(trace, spanset)).toList());
  }

  private SpansetMatch match(TraceSpans trace, Spanset spanset) {
    int[] spans = spanset.spans();
    List<MatchedSpan> listed =
        java.util.Arrays.stream(spans)
            .limit(request.spansPerSpanset())
            .mapToObj(span -> span(trace, span))
            .toList();
    return new SpansetMatch(spans.length, listed, attributes(spanset.attributes()));
  }

  private MatchedSpan span(TraceSpans trace, int span) {
    SpanBatch batch = trace.batch();
    int row = trace.row(span);
    return new MatchedSpan(
        batch.spanId(row),
        shown.name(trace, span),
        batch.startNanos(row),
        Math.max(0, batch.endNanos(row) - batch.startNanos(row)),
        attributes(shown.of(trace, span)));
  }

  private static List<MatchedAttribute> attributes(List<Spanset.Computed> computed) {
    return computed.stream().map(one -> new MatchedAttribute(one.name(), one.value())).toList();
  }
}
