package io.ghostworks.traceql.fetch;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.TraceSpans;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Walks over the traces that may fulfil a pipeline, those with the newest spans first, each once
 * and with all its spans. First some are read at once, since often the first ones are enough; where
 * they are not, traces that lack a span for one of the pipeline's filters are left out by their ids
 * alone. Used by one thread.
 */
final class CandidateTraces {
  private static final int CHUNKS_AT_ONCE = 2;
  private static final int CHUNK_MAX = 512;
  private static final int KEY_BYTES = 64;

  private final RecordSource source;
  private final QueryContext context;
  private final TraceNeeds needs;
  private final Set<Field> columns;
  private final PipelineEvaluation evaluation;
  private final Visitor visitor;
  private final CandidateScan scan;
  private final List<TraceKeySet> others = new ArrayList<>();
  private final List<TraceKey> pending = new ArrayList<>();
  private int chunks;
  private long inspected;

  /** Who looks at the traces. */
  interface Visitor {

    /** How many more traces are wanted at once, at least 1. */
    int wanted();

    void visit(TraceSpans trace);

    /** Whether traces whose newest candidate span starts then, or earlier, are not wanted. */
    boolean isDone(long timeNanos);
  }

  CandidateTraces(
      RecordSource source,
      QueryContext context,
      TraceNeeds needs,
      Set<Field> columns,
      PipelineEvaluation evaluation,
      CandidateScan scan,
      Visitor visitor) {
    this.source = source;
    this.context = context;
    this.needs = needs;
    this.columns = columns;
    this.evaluation = evaluation;
    this.scan = scan;
    this.visitor = visitor;
  }

  /** How many traces were read. */
  long inspected() {
    return inspected;
  }

  void walk() {
    Filter lead = needs.filters().getFirst();
    if (lead.equals(new Filter.Or(List.of()))) {
      return;
    }
    context.reserve((long) CHUNK_MAX * KEY_BYTES);
    try (TraceKeySet seen = new TraceKeySet(context)) {
      boolean[] ended = new boolean[1];
      scan.newestFirst(
          lead,
          (high, low, timeNanos) -> {
            ended[0] = !take(high, low, timeNanos, seen);
            return !ended[0];
          });
      if (!ended[0]) {
        readPending();
      }
    } finally {
      others.forEach(TraceKeySet::close);
      others.clear();
      context.release((long) CHUNK_MAX * KEY_BYTES);
    }
  }

  private boolean take(long high, long low, long timeNanos, TraceKeySet seen) {
    if (visitor.isDone(timeNanos)) {
      readPending();
      return false;
    }
    if (seen.add(high, low)) {
      pending.add(new TraceKey(high, low));
      if (pending.size() >= Math.clamp(visitor.wanted(), 1, CHUNK_MAX)) {
        readPending();
      }
    }
    return true;
  }

  private void readPending() {
    if (chunks == CHUNKS_AT_ONCE) {
      needs.filters().stream().skip(1).map(scan::traces).forEach(others::add);
    }
    chunks++;
    pending.removeIf(key -> others.stream().anyMatch(traces -> !traces.contains(key)));
    if (pending.isEmpty()) {
      return;
    }
    context.check();
    inspected += pending.size();
    List<TraceKey> keys = List.copyOf(pending);
    pending.clear();
    source.traces(
        keys,
        columns,
        context,
        batch ->
            PipelineEvaluation.forEachTrace(batch, evaluation.keys(), context, visitor::visit));
  }
}
