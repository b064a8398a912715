package io.ghostworks.traceql.metrics;

import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.AttributeScope;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.Pipeline;
import io.ghostworks.traceql.ast.Static;
import io.ghostworks.traceql.ast.Statics;
import io.ghostworks.traceql.eval.AttributeReader;
import io.ghostworks.traceql.eval.PipelineEvaluation;
import io.ghostworks.traceql.eval.Spanset;
import io.ghostworks.traceql.eval.TraceSpans;
import io.ghostworks.traceql.fetch.TraceRange;
import io.ghostworks.traceql.fetch.TraceWalk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the spans of an aggregation trace by trace, where its pipeline, or what it groups by or
 * computes with, needs whole traces.
 */
final class TraceScan {

  private static final Attribute SERVICE_NAME =
      Attribute.of(AttributeScope.RESOURCE, "service.name");

  private final AggregationPlan plan;
  private final SpanWork work;
  private final Steps steps;
  private final boolean extrapolates;
  private final List<Attribute> attributes;
  private final List<Attribute> shown;
  private final PipelineEvaluation evaluation;
  private final AttributeReader reader;
  private final int[] key;
  private long[] times = new long[16];
  private int[] groups = new int[16];
  private int[] numbers = new int[16];
  private double[] values = new double[16];
  private double[] exemplarValues = new double[16];
  private double[] weights = new double[16];

  /**
   * @param shown attributes that exemplars show
   */
  TraceScan(
      AggregationPlan plan,
      Pipeline pipeline,
      Set<Attribute> shown,
      boolean extrapolates,
      SpanWork work,
      Steps steps) {
    this.plan = plan;
    this.work = work;
    this.steps = steps;
    this.extrapolates = extrapolates;
    Set<Attribute> first = new LinkedHashSet<>();
    first.add(Attribute.of(Intrinsic.TRACE_ID));
    first.addAll(shown);
    this.shown = List.copyOf(first);
    this.attributes = new ArrayList<>(plan.by());
    Attribute value = plan.value();
    if (value != null) {
      attributes.add(value);
    }
    attributes.addAll(this.shown);
    this.evaluation = PipelineEvaluation.of(pipeline);
    this.reader = AttributeReader.of(attributes, evaluation);
    this.key = new int[plan.by().size()];
  }

  /** Reads all traces that overlap the range; spans count that start in it. */
  void read(Pipeline pipeline, RecordSource source, long reachNanos, QueryContext context) {
    TraceRange range = new TraceRange(steps.startNanos(), steps.endNanos(), reachNanos);
    new TraceWalk(source, context).all(pipeline, attributes, evaluation, range, this::take);
  }

  private void take(TraceSpans trace, List<Spanset> spansets) {
    for (Spanset spanset : spansets) {
      take(trace, spanset.spans());
    }
  }

  private void take(TraceSpans trace, int[] spans) {
    if (times.length < spans.length) {
      times = new long[spans.length];
      groups = new int[spans.length];
      numbers = new int[spans.length];
      values = new double[spans.length];
      exemplarValues = new double[spans.length];
      weights = new double[spans.length];
    }
    SpanBatch batch = trace.batch();
    int count = 0;
    for (int span : spans) {
      int row = trace.row(span);
      long time = batch.startNanos(row);
      if (steps.of(time) >= 0) {
        times[count] = time;
        numbers[count] = span;
        groups[count] = group(trace, span);
        if (plan.value() != null) {
          double value = number(reader.value(trace, span, key.length));
          values[count] = value / plan.divisor();
          exemplarValues[count] = value / plan.exemplarDivisor();
        }
        if (extrapolates) {
          weights[count] = SpanMultiplier.of(batch.arena(), batch.traceState(row));
        }
        count++;
      }
    }
    if (count > 0) {
      work.add(
          count,
          times,
          groups,
          plan.value() == null ? null : values,
          extrapolates ? weights : null,
          plan.value() == null ? null : exemplarValues,
          rows -> labels(trace, rows));
    }
  }

  private int group(TraceSpans trace, int span) {
    ValueTable table = work.groups().values();
    for (int i = 0; i < key.length; i++) {
      Static value = reader.value(trace, span, i);
      Static shown = value.isNil() ? absent(attributes.get(i)) : value;
      key[i] = shown.isNil() ? ValueTable.NONE : table.number(label(shown));
    }
    return work.groups().group(key);
  }

  /** What spans without an attribute are grouped by, as in Tempo. */
  private static Static absent(Attribute attribute) {
    if (attribute.equals(SERVICE_NAME)) {
      return new Static.Text("");
    }
    return switch (attribute.intrinsic()) {
      case EVENT_NAME, LINK_TRACE_ID -> new Static.Text("");
      case LINK_SPAN_ID -> new Static.Text("0000000000000000");
      case EVENT_TIME_SINCE_START -> new Static.Nanos(0);
      default -> Statics.NIL;
    };
  }

  private double number(Static read) {
    Attribute attribute = plan.value();
    Static value = read.isNil() && attribute != null ? absent(attribute) : read;
    boolean isWhole = value instanceof Static.Int || value instanceof Static.Nanos;
    return plan.isHistogram() && !isWhole ? Double.NaN : value.toDouble();
  }

  private List<List<MetricLabel>> labels(TraceSpans trace, int[] rows) {
    int from = attributes.size() - shown.size();
    List<List<MetricLabel>> all = new ArrayList<>();
    for (int row : rows) {
      List<MetricLabel> labels = new ArrayList<>();
      for (int i = 0; i < shown.size(); i++) {
        Static value = reader.value(trace, numbers[row], from + i);
        if (!value.isNil()) {
          labels.add(new MetricLabel(shown.get(i).toString(), label(value)));
        }
      }
      all.add(labels);
    }
    return all;
  }

  /** A value, which there is, as a label shows it. */
  static LabelValue label(Static value) {
    return switch (value) {
      case Static.Int(long whole) -> new LabelValue.Whole(whole);
      case Static.Real(double real) -> new LabelValue.Real(real);
      case Static.Bool(boolean bool) -> new LabelValue.Bool(bool);
      case Static.Array array -> LabelValue.NIL;
      default -> new LabelValue.Text(value.text());
    };
  }
}
