package io.ghostworks.traceql.fetch;

import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.eval.Attributes;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.Spanset;
import io.ghostworks.traceql.eval.TraceSpans;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The spans that a pipeline leaves, trace by trace: for searches, and for metrics of pipelines that
 * need whole traces (structural operators, aggregates, {@code by}). A reader makes the evaluation
 * and what it reads of the spans first, then walks:
 *
 * <pre>{@code
 * PipelineEvaluation evaluation = PipelineEvaluation.of(pipeline);
 * AttributeReader groups = AttributeReader.of(by, evaluation);
 * new TraceWalk(source, context).all(pipeline, by, evaluation, range, (trace, spansets) -> {
 *   for (Spanset spanset : spansets) {
 *     for (int span : spanset.spans()) {
 *       long startNanos = trace.batch().startNanos(trace.row(span));
 *       Static group = groups.value(trace, span, 0);
 *     }
 *   }
 * });
 * }</pre>
 *
 * Traces, spans and spansets are valid until the taker returns. Used by one thread.
 */
public final class TraceWalk {
  private static final int CHUNK = 512;

  private final RecordSource source;
  private final QueryContext context;
  private long inspected;

  public TraceWalk(RecordSource source, QueryContext context) {
    this.source = source;
    this.context = context;
  }

  /** Takes what is left of a trace. */
  @FunctionalInterface
  public interface Taker {
    void take(TraceSpans trace, List<Spanset> spansets);
  }

  /** Takes traces while it wants more. */
  public interface LimitedTaker extends Taker {

    /** How many more traces are wanted at once, at least 1. */
    int wanted();

    /**
     * Whether traces are no longer wanted of whose spans that pass none starts later than this;
     * they all start then or before.
     */
    boolean isDone(long timeNanos);
  }

  /** How many traces were read so far. */
  public long inspected() {
    return inspected;
  }

  /**
   * All traces of a range of which the pipeline leaves something, in about the order of their
   * newest spans.
   *
   * @param alsoRead attributes that the taker reads beside those of the pipeline
   * @throws io.ghostworks.query.QueryException if the time or the memory of the query is up, or a
   *     value cannot be computed
   */
  public void all(
      Pipeline pipeline,
      Collection<Attribute> alsoRead,
      PipelineEvaluation evaluation,
      TraceRange range,
      Taker taker) {
    some(pipeline, alsoRead, evaluation, range, unlimited(taker));
  }

  /** As {@link #all}, with all that the spans have: every attribute can be read of them. */
  public void whole(
      Pipeline pipeline, PipelineEvaluation evaluation, TraceRange range, Taker taker) {
    walk(pipeline, Set.of(), evaluation, range, unlimited(taker));
  }

  private static LimitedTaker unlimited(Taker taker) {
    return new LimitedTaker() {
      @Override
      public int wanted() {
        return CHUNK;
      }

      @Override
      public boolean isDone(long timeNanos) {
        return false;
      }

      @Override
      public void take(TraceSpans trace, List<Spanset> spansets) {
        taker.take(trace, spansets);
      }
    };
  }

  /** As {@link #all}, until enough were taken. */
  public void some(
      Pipeline pipeline,
      Collection<Attribute> alsoRead,
      PipelineEvaluation evaluation,
      TraceRange range,
      LimitedTaker taker) {
    Set<Attribute> attributes = new LinkedHashSet<>(Attributes.of(pipeline));
    attributes.addAll(alsoRead);
    walk(pipeline, SpanColumns.of(attributes), evaluation, range, taker);
  }

  /**
   * @param columns that are read of the spans; none for all
   */
  private void walk(
      Pipeline pipeline,
      Set<Field> columns,
      PipelineEvaluation evaluation,
      TraceRange range,
      LimitedTaker taker) {
    CandidateTraces candidates =
        new CandidateTraces(
            source,
            context,
            TraceNeeds.of(pipeline),
            columns,
            evaluation,
            new CandidateScan(source, context, range.scanStartNanos(), range.scanEndNanos()),
            visitor(evaluation, range, taker));
    try {
      candidates.walk();
    } finally {
      inspected += candidates.inspected();
    }
  }

  private static CandidateTraces.Visitor visitor(
      PipelineEvaluation evaluation, TraceRange range, LimitedTaker taker) {
    return new CandidateTraces.Visitor() {
      @Override
      public int wanted() {
        return taker.wanted();
      }

      @Override
      public boolean isDone(long timeNanos) {
        return taker.isDone(timeNanos);
      }

      @Override
      public void visit(TraceSpans trace) {
        if (range.overlaps(trace.summary())) {
          List<Spanset> spansets = evaluation.evaluate(trace);
          if (!spansets.isEmpty()) {
            taker.take(trace, spansets);
          }
        }
      }
    };
  }
}
