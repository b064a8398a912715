package io.ghostworks.traceql.metrics;

import io.ghostworks.query.QueryContext;
import io.ghostworks.traceql.ast.Attribute;
import io.ghostworks.traceql.ast.Intrinsic;
import io.ghostworks.traceql.ast.MetricsFunction.Aggregation;
import io.ghostworks.traceql.ast.MetricsFunction.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an aggregation needs of the spans, and how its series are made. */
final class AggregationPlan {

  private static final double NANOS = 1e9;

  private final Aggregation function;

  AggregationPlan(Aggregation function) {
    this.function = function;
  }

  List<String> labelNames() {
    return function.by().stream().map(Attribute::toString).toList();
  }

  List<Attribute> by() {
    return function.by();
  }

  /** What is computed with; null where spans are only counted. */
  @Nullable Attribute value() {
    return function.attribute();
  }

  boolean isHistogram() {
    return function.kind() == Kind.HISTOGRAM_OVER_TIME
        || function.kind() == Kind.QUANTILE_OVER_TIME;
  }

  /** By which a value is divided: durations of spans are in seconds, except before bucketing. */
  double divisor() {
    return isSpanDuration() && !isHistogram() ? NANOS : 1;
  }

  /** By which a value is divided as an exemplar; a histogram looks for its bucket by it. */
  double exemplarDivisor() {
    return isSpanDuration() && function.kind() != Kind.HISTOGRAM_OVER_TIME ? NANOS : 1;
  }

  private boolean isSpanDuration() {
    Attribute attribute = function.attribute();
    return attribute != null && attribute.intrinsic() == Intrinsic.DURATION;
  }

  /** By which the bound of a bucket is divided: durations of all kinds are in seconds. */
  private double bucketDivisor() {
    Attribute attribute = function.attribute();
    return attribute != null
            && switch (attribute.intrinsic()) {
              case DURATION, TRACE_DURATION, EVENT_TIME_SINCE_START -> true;
              default -> false;
            }
        ? NANOS
        : 1;
  }

  StepAggregate aggregate(QueryContext context, Steps steps) {
    int count = steps.count();
    return switch (function.kind()) {
      case RATE -> new StepAggregate.Counts(context, count, 1.0 / steps.stepSeconds());
      case COUNT_OVER_TIME -> new StepAggregate.Counts(context, count, 1);
      case MIN_OVER_TIME -> new StepAggregate.Extremes(context, count, false);
      case MAX_OVER_TIME -> new StepAggregate.Extremes(context, count, true);
      case SUM_OVER_TIME -> new StepAggregate.Sums(context, count, false);
      case AVG_OVER_TIME -> new StepAggregate.Sums(context, count, true);
      case QUANTILE_OVER_TIME, HISTOGRAM_OVER_TIME -> new StepAggregate.Buckets(context, count);
    };
  }

  /** The series of spans that were read, as which they are reserved. */
  SeriesSet series(SpanWork work, Steps steps, QueryContext context) {
    GroupedExemplars exemplars = new GroupedExemplars(work.exemplars().chosen());
    SeriesSet set = new SeriesSet();
    switch (work.aggregate()) {
      case StepAggregate.Single single ->
          addSingles(work, single, exemplars, steps.count(), context, set);
      case StepAggregate.Buckets buckets -> {
        if (function.kind() == Kind.HISTOGRAM_OVER_TIME) {
          HistogramSeries.add(
              work.groups(), buckets, steps, bucketDivisor(), exemplars, context, set);
        } else {
          new QuantileSeries(function.quantiles(), bucketDivisor(), steps, context)
              .add(work.groups(), buckets, exemplars, set);
        }
      }
    }
    return set;
  }

  private void addSingles(
      SpanWork work,
      StepAggregate.Single single,
      GroupedExemplars exemplars,
      int steps,
      QueryContext context,
      SeriesSet set) {
    boolean named = function.by().isEmpty();
    int groups = work.groups().size();
    if (named && groups == 0) {
      set.add(new StepSeries(name(), single.values(0), List.of()));
    }
    for (int group = 0; group < groups; group++) {
      SeriesSet.reserve(1, steps, context);
      List<MetricLabel> labels = named ? name() : work.groups().labels(group);
      set.add(new StepSeries(labels, single.values(group), exemplars.of(group)));
    }
  }

  private List<MetricLabel> name() {
    return List.of(MetricLabel.text(MetricLabel.NAME, function.kind().toString()));
  }

  /** Exemplars by group. */
  static final class GroupedExemplars {
    private final List<ExemplarReservoir.Candidate> all;

    GroupedExemplars(List<ExemplarReservoir.Candidate> all) {
      this.all = List.copyOf(all);
    }

    List<MetricExemplar> of(int group) {
      List<MetricExemplar> own = new ArrayList<>();
      for (ExemplarReservoir.Candidate each : all) {
        if (each.group() == group) {
          own.add(new MetricExemplar(each.labels(), each.value(), each.timeMs()));
        }
      }
      return own;
    }
  }
}
