package io.ghostworks.traceql.metrics;

import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.FieldExpression;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.MetricsFunction.Compare;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.eval.AttributeReader;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.Spanset;
import io.ghostworks.traceql.eval.TraceSpans;
import io.ghostworks.traceql.fetch.TraceRange;
import io.ghostworks.traceql.fetch.TraceWalk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the spans of a {@code compare()} trace by trace. As in Tempo the attributes of resource,
 * scope and span count, with those intrinsics that are no time and no id; events and links do not.
 */
final class ComparisonScan {

  private static final List<Intrinsic> INTRINSICS =
      List.of(
          Intrinsic.NAME,
          Intrinsic.STATUS,
          Intrinsic.STATUS_MESSAGE,
          Intrinsic.KIND,
          Intrinsic.CHILD_COUNT,
          Intrinsic.TRACE_ROOT_SERVICE,
          Intrinsic.TRACE_ROOT_SPAN,
          Intrinsic.INSTRUMENTATION_NAME,
          Intrinsic.INSTRUMENTATION_VERSION);

  private final Compare function;
  private final Steps steps;
  private final boolean extrapolates;
  private final Comparison comparison;
  private final ExemplarReservoir baseline;
  private final ExemplarReservoir selection;
  private final PipelineEvaluation evaluation;
  private final AttributeReader reader;
  private final Map<String, String> resourceNames = new HashMap<>();
  private final Map<String, String> scopeNames = new HashMap<>();
  private final Map<String, String> spanNames = new HashMap<>();

  ComparisonScan(
      Compare function,
      Pipeline pipeline,
      boolean extrapolates,
      Steps steps,
      int exemplars,
      QueryContext context) {
    this.function = function;
    this.steps = steps;
    this.extrapolates = extrapolates;
    this.comparison = new Comparison(context, steps, (int) function.top());
    this.baseline = new ExemplarReservoir(exemplars / 2, steps);
    this.selection = new ExemplarReservoir(exemplars - exemplars / 2, steps);
    this.evaluation = PipelineEvaluation.of(pipeline);
    List<FieldExpression> expressions = new ArrayList<>();
    INTRINSICS.forEach(intrinsic -> expressions.add(Attribute.of(intrinsic)));
    expressions.add(function.filter().expression());
    expressions.add(Attribute.of(Intrinsic.TRACE_ID));
    this.reader = AttributeReader.of(expressions, evaluation);
  }

  /** Reads all traces that overlap the range; spans count that start in it. */
  void read(Pipeline pipeline, RecordSource source, long reachNanos, QueryContext context) {
    TraceRange range = new TraceRange(steps.startNanos(), steps.endNanos(), reachNanos);
    new TraceWalk(source, context)
        .whole(
            pipeline,
            evaluation,
            range,
            (trace, spansets) -> {
              for (Spanset spanset : spansets) {
                for (int span : spanset.spans()) {
                  take(trace, span);
                }
              }
            });
  }

  SeriesSet series() {
    return comparison.series(baseline.chosen(), selection.chosen());
  }

  long spans() {
    return comparison.spans();
  }

  private void take(TraceSpans trace, int span) {
    SpanBatch batch = trace.batch();
    int row = trace.row(span);
    long time = batch.startNanos(row);
    int step = steps.of(time);
    if (step < 0) {
      return;
    }
    comparison.countSpan();
    boolean selected = isInWindow(time) && reader.value(trace, span, INTRINSICS.size()).isTrue();
    double weight = extrapolates ? SpanMultiplier.of(batch.arena(), batch.traceState(row)) : 1;
    for (int i = 0; i < INTRINSICS.size(); i++) {
      Static value = reader.value(trace, span, i);
      comparison.add(
          selected,
          INTRINSICS.get(i).toString(),
          value.isNil() ? LabelValue.NIL : TraceScan.label(value),
          step,
          weight);
    }
    int resource = batch.resource(row);
    int scope = batch.scope(row);
    add(batch.resources().attributes(), resource, AttributeScope.RESOURCE, selected, step, weight);
    add(batch.scopes().attributes(), scope, AttributeScope.INSTRUMENTATION, selected, step, weight);
    add(batch.attributes(), row, AttributeScope.SPAN, selected, step, weight);
    keep(selected ? selection : baseline, trace, span, time);
  }

  private boolean isInWindow(long time) {
    boolean everywhere = function.startNanos() == 0 && function.endNanos() == 0;
    return everywhere || (time > function.startNanos() && time <= function.endNanos());
  }

  private void add(
      AttributeColumns attributes,
      int row,
      AttributeScope scope,
      boolean selected,
      int step,
      double weight) {
    Map<String, String> names =
        switch (scope) {
          case RESOURCE -> resourceNames;
          case INSTRUMENTATION -> scopeNames;
          default -> spanNames;
        };
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      String name =
          names.computeIfAbsent(attributes.key(entry), key -> Attribute.of(scope, key).toString());
      LabelValue value = ColumnValues.label(attributes.values(), entry);
      comparison.add(selected, name, value, step, weight);
    }
  }

  private void keep(ExemplarReservoir exemplars, TraceSpans trace, int span, long time) {
    if (exemplars.isEmpty() || exemplars.best(1, new long[] {time}, new int[] {0}).length == 0) {
      return;
    }
    List<MetricLabel> labels = new ArrayList<>();
    labels.add(
        new MetricLabel(
            Intrinsic.TRACE_ID.toString(),
            TraceScan.label(reader.value(trace, span, INTRINSICS.size() + 1))));
    for (int i = 0; i < INTRINSICS.size(); i++) {
      Static value = reader.value(trace, span, i);
      if (!value.isNil()) {
        labels.add(new MetricLabel(INTRINSICS.get(i).toString(), TraceScan.label(value)));
      }
    }
    exemplars.add(time, 0, Double.NaN, labels);
  }
}
