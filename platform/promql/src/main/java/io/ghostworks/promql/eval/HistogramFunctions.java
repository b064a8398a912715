package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.query.histogram.HistogramQuantile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * histogram_quantile, histogram_quantiles and histogram_fraction, over native histograms and over
 * the buckets of classic ones, which are grouped by their labels without {@code le}.
 */
final class HistogramFunctions {
  private static final String BUCKET_LABEL = "le";

  /** What comes first at a step. */
  private static final int NATIVE = 0;

  private static final int CLASSIC = 1;

  private final Evaluator evaluator;
  private final Query query;
  private final Expr.Call call;
  private final boolean fraction;
  private final boolean keepsName;
  private final PositionRange vectorPosition;
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private final OutputPieces output;
  private @Nullable String quantileLabel;

  HistogramFunctions(Evaluator evaluator, Expr.Call call) {
    this.evaluator = evaluator;
    this.query = evaluator.query();
    this.call = call;
    this.fraction = call.function() == Function.HISTOGRAM_FRACTION;
    this.keepsName = query.options().delayedNameRemoval();
    this.vectorPosition = call.arguments().get(vectorArgument()).position();
    this.output = new OutputPieces(query, evaluator.grid());
  }

  /**
   * A classic histogram, or what might be one.
   *
   * @param order among all
   */
  private record Group(Labels labels, ClassicHistogram histogram, int order) {}

  /** A series of the input that has native histograms. */
  private record Native(Series series, int order) {}

  private int vectorArgument() {
    return switch (call.function()) {
      case HISTOGRAM_QUANTILE -> 1;
      case HISTOGRAM_FRACTION -> 2;
      default -> 0;
    };
  }

  List<Series> evaluate() {
    List<double[]> scalars = new ArrayList<>();
    List<PositionRange> positions = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      Expr argument = call.arguments().get(i);
      if (argument instanceof Expr.StringLiteral label) {
        quantileLabel = label.value();
      } else if (i != vectorArgument()) {
        scalars.add(evaluator.scalar(argument));
        positions.add(argument.position());
      }
    }
    List<Series> block = evaluator.ordered(call.arguments().get(vectorArgument()));
    List<Native> natives = sort(block);
    groups.values().forEach(group -> group.histogram().seal());
    natives.forEach(this::forgetMixed);
    if (fraction) {
      double[] lower = scalars.get(0);
      double[] upper = scalars.get(1);
      natives.forEach(series -> fractions(series, lower, upper));
      groups.values().forEach(group -> fractions(group, lower, upper));
    } else {
      for (int i = 0; i < scalars.size(); i++) {
        warnOfQuantiles(scalars.get(i), positions.get(i));
      }
      double[][] quantiles = scalars.toArray(double[][]::new);
      natives.forEach(series -> quantiles(series, quantiles));
      groups.values().forEach(group -> quantiles(group, quantiles));
    }
    Blocks.discard(query, block);
    return output.finish();
  }

  /** Finds the classic histograms of the input; answers what has native ones. */
  private List<Native> sort(List<Series> block) {
    List<Native> natives = new ArrayList<>();
    for (Series series : block) {
      if (series.hasHistograms()) {
        natives.add(new Native(series, natives.size()));
      }
      if (!series.hasFloats()) {
        continue;
      }
      String bound = series.labels().get(BUCKET_LABEL);
      try {
        groupOf(series.labels()).histogram().add(FloatText.parseFloat(bound), series);
      } catch (NumberFormatException e) {
        query.annotations().badBucketLabel(name(series.labels()), bound, vectorPosition);
      }
    }
    return natives;
  }

  private Group groupOf(Labels labels) {
    Labels key =
        labels.has(BUCKET_LABEL) ? labels.toBuilder().remove(BUCKET_LABEL).build() : labels;
    Group group = groups.get(key);
    if (group == null) {
      group = new Group(named(key), new ClassicHistogram(), groups.size());
      groups.put(key, group);
    }
    return group;
  }

  private Labels named(Labels labels) {
    return keepsName ? labels : Series.withoutMetadata(labels);
  }

  private String name(Labels labels) {
    return keepsName ? labels.metricName() : "";
  }

  /** Steps with both kinds of the same labels give nothing. */
  private void forgetMixed(Native input) {
    Group classic = groups.get(input.series().labels());
    if (classic == null) {
      return;
    }
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      if (input.series().histogram(step) != null && classic.histogram().has(step)) {
        query.annotations().mixedClassicNative(name(input.series().labels()), vectorPosition);
        input.series().remove(step);
        classic.histogram().forget(step);
      }
    }
  }

  private void warnOfQuantiles(double[] quantiles, PositionRange position) {
    double warned = 0;
    for (double q : quantiles) {
      if (!(q >= 0 && q <= 1) && Double.compare(q, warned) != 0) {
        query.annotations().invalidQuantile(q, position);
        warned = q;
      }
    }
  }

  private void quantiles(Native input, double[][] quantiles) {
    Labels labels = input.series().labels();
    Quantiled[] results = results(named(labels), quantiles.length);
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      FloatHistogram histogram = input.series().histogram(step);
      if (histogram == null) {
        continue;
      }
      for (int i = 0; i < quantiles.length; i++) {
        double q = quantiles[i][step];
        HistogramQuantile.Result result = HistogramQuantile.quantile(q, histogram);
        switch (result.note()) {
          case NAN_RESULT -> query.annotations().quantileIsNan(name(labels), vectorPosition);
          case NAN_SKEW -> query.annotations().quantileIsSkewed(name(labels), vectorPosition);
          case NONE -> {}
        }
        results[i].of(q).set(step, result.value());
      }
    }
    add(results, NATIVE, input.order());
  }

  private void quantiles(Group group, double[][] quantiles) {
    ClassicHistogram histogram = group.histogram();
    Quantiled[] results = results(group.labels(), quantiles.length);
    query.context().check();
    query.work(evaluator.grid().steps());
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      if (!histogram.load(step)) {
        continue;
      }
      for (int i = 0; i < quantiles.length; i++) {
        double q = quantiles[i][step];
        results[i].of(q).set(step, histogram.quantile(q));
        ClassicHistogram.Forced forced = histogram.forced();
        if (forced != null) {
          query
              .annotations()
              .forcedMonotonicity(
                  name(group.labels()), evaluator.grid().timeMs(step), forced, vectorPosition);
        }
      }
    }
    add(results, CLASSIC, group.order());
  }

  private Quantiled[] results(Labels labels, int count) {
    Quantiled[] results = new Quantiled[count];
    for (int i = 0; i < count; i++) {
      results[i] = new Quantiled(labels);
    }
    return results;
  }

  private void add(Quantiled[] results, int kind, int order) {
    for (int i = 0; i < results.length; i++) {
      for (Series series : results[i].all.values()) {
        output.add(series, 2 * i + kind, order);
      }
    }
  }

  /** The results of one input for a quantile, which may have another label at each step. */
  private final class Quantiled {
    private final Labels labels;
    private final Map<Labels, Series> all = new LinkedHashMap<>();
    private @Nullable Series current;
    private double last;

    Quantiled(Labels labels) {
      this.labels = labels;
    }

    Series of(double q) {
      if (current != null && (quantileLabel == null || Double.compare(q, last) == 0)) {
        return current;
      }
      Labels target =
          quantileLabel == null
              ? labels
              : labels.toBuilder().set(quantileLabel, openMetrics(q)).build();
      Series series = all.computeIfAbsent(target, t -> output.newSeries(t, true));
      current = series;
      last = q;
      return series;
    }
  }

  private void fractions(Native input, double[] lower, double[] upper) {
    Labels labels = input.series().labels();
    Series results = output.newSeries(named(labels), true);
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      FloatHistogram histogram = input.series().histogram(step);
      if (histogram != null) {
        HistogramQuantile.Result result =
            HistogramQuantile.fraction(lower[step], upper[step], histogram);
        if (result.note() != HistogramQuantile.Note.NONE) {
          query.annotations().fractionWithoutNans(name(labels), vectorPosition);
        }
        results.set(step, result.value());
      }
    }
    output.add(results, NATIVE, input.order());
  }

  private void fractions(Group group, double[] lower, double[] upper) {
    Series results = output.newSeries(group.labels(), true);
    query.context().check();
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      if (group.histogram().load(step)) {
        results.set(step, group.histogram().fraction(lower[step], upper[step]));
      }
    }
    output.add(results, CLASSIC, group.order());
  }

  /** A number as OpenMetrics writes it: whole numbers with a decimal. */
  private static String openMetrics(double value) {
    String text = FloatText.formatShort(value);
    boolean plain = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return plain ? text + ".0" : text;
  }
}
