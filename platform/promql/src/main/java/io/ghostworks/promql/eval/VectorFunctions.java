package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.Function;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/** Functions over instant vectors and scalars. */
final class VectorFunctions {

  private VectorFunctions() {}

  static Value evaluate(Evaluator evaluator, Expr.Call call) {
    Function function = call.function();
    DoubleUnaryOperator number = MathFunctions.ofNumber(function);
    if (number != null) {
      return new Value.Vector(map(evaluator, call, number));
    }
    DoubleUnaryOperator date = MathFunctions.ofDate(function);
    if (date != null) {
      return new Value.Vector(
          call.arguments().isEmpty() ? now(evaluator, date) : map(evaluator, call, date));
    }
    return switch (function) {
      case TIME -> time(evaluator, seconds -> seconds);
      case PI -> time(evaluator, seconds -> Math.PI);
      case MAX_OF -> extreme(evaluator, call, true);
      case MIN_OF -> extreme(evaluator, call, false);
      case SCALAR_OF -> scalar(evaluator, call);
      case VECTOR_OF -> new Value.Vector(vector(evaluator, call));
      case ABSENT -> new Value.Vector(absent(evaluator, call));
      case CLAMP, CLAMP_MIN, CLAMP_MAX -> new Value.Vector(clamp(evaluator, call));
      case ROUND -> new Value.Vector(round(evaluator, call));
      case SORT, SORT_DESC, SORT_BY_LABEL, SORT_BY_LABEL_DESC ->
          new Value.Vector(SortFunctions.sort(evaluator, call));
      case HISTOGRAM_COUNT -> histograms(evaluator, call, FloatHistogram::count);
      case HISTOGRAM_SUM -> histograms(evaluator, call, FloatHistogram::sum);
      case HISTOGRAM_AVG -> histograms(evaluator, call, h -> h.sum() / h.count());
      case HISTOGRAM_STDVAR -> histograms(evaluator, call, HistogramSpread::variance);
      case HISTOGRAM_STDDEV ->
          histograms(evaluator, call, h -> Math.sqrt(HistogramSpread.variance(h)));
      case HISTOGRAM_QUANTILE, HISTOGRAM_QUANTILES, HISTOGRAM_FRACTION ->
          new Value.Vector(new HistogramFunctions(evaluator, call).evaluate());
      default -> throw new IllegalStateException("no vector function: " + function);
    };
  }

  /** Applies a function to all floats; histograms fall away. */
  private static List<Series> map(
      Evaluator evaluator, Expr.Call call, DoubleUnaryOperator operator) {
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    for (Series series : block) {
      evaluator.dropName(series);
      for (int step = 0; step < series.steps(); step++) {
        if (series.hasFloat(step)) {
          series.set(step, operator.applyAsDouble(series.value(step)));
        } else {
          series.remove(step);
        }
      }
    }
    return evaluator.merged(Blocks.withoutEmpty(evaluator.query(), block));
  }

  private static List<Series> now(Evaluator evaluator, DoubleUnaryOperator operator) {
    Grid grid = evaluator.grid();
    Series series = Blocks.newSeries(evaluator.query(), Labels.EMPTY, false, grid);
    for (int step = 0; step < grid.steps(); step++) {
      long seconds = grid.timeMs(step) / 1000;
      series.set(step, operator.applyAsDouble(seconds));
    }
    evaluator.query().hold(grid.steps());
    return List.of(series);
  }

  private static Value time(Evaluator evaluator, DoubleUnaryOperator operator) {
    Grid grid = evaluator.grid();
    double[] values = new double[grid.steps()];
    for (int step = 0; step < values.length; step++) {
      values[step] = operator.applyAsDouble(grid.timeMs(step) / 1000.0);
    }
    return new Value.Scalar(values);
  }

  private static Value extreme(Evaluator evaluator, Expr.Call call, boolean max) {
    double[] left = evaluator.scalar(call.arguments().get(0));
    double[] right = evaluator.scalar(call.arguments().get(1));
    for (int step = 0; step < left.length; step++) {
      left[step] =
          max
              ? MathFunctions.max(left[step], right[step])
              : MathFunctions.min(left[step], right[step]);
    }
    return new Value.Scalar(left);
  }

  /** The only float of a vector at each step, else NaN. */
  private static Value scalar(Evaluator evaluator, Expr.Call call) {
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    double[] values = new double[evaluator.grid().steps()];
    for (int step = 0; step < values.length; step++) {
      int found = 0;
      double value = Double.NaN;
      for (Series series : block) {
        if (series.hasFloat(step)) {
          value = ++found == 1 ? series.value(step) : Double.NaN;
        }
      }
      values[step] = value;
    }
    Blocks.discard(evaluator.query(), block);
    return new Value.Scalar(values);
  }

  private static List<Series> vector(Evaluator evaluator, Expr.Call call) {
    double[] values = evaluator.scalar(call.arguments().getFirst());
    Series series = Blocks.newSeries(evaluator.query(), Labels.EMPTY, false, evaluator.grid());
    for (int step = 0; step < values.length; step++) {
      series.set(step, values[step]);
    }
    evaluator.query().hold(values.length);
    return List.of(series);
  }

  private static List<Series> absent(Evaluator evaluator, Expr.Call call) {
    Expr argument = call.arguments().getFirst();
    List<Series> block = evaluator.vector(argument);
    Labels labels = RangeCall.labelsForAbsent(Evaluator.matchersOf(argument));
    Series absent = Blocks.newSeries(evaluator.query(), labels, false, evaluator.grid());
    for (int step = 0; step < absent.steps(); step++) {
      int at = step;
      if (block.stream().noneMatch(series -> series.has(at))) {
        absent.set(step, 1);
      }
    }
    Blocks.discard(evaluator.query(), block);
    evaluator.query().hold(absent.size());
    return Blocks.withoutEmpty(evaluator.query(), List.of(absent));
  }

  private static List<Series> clamp(Evaluator evaluator, Expr.Call call) {
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    double[] first = evaluator.scalar(call.arguments().get(1));
    boolean hasMin = call.function() != Function.CLAMP_MAX;
    double[] max =
        call.function() == Function.CLAMP ? evaluator.scalar(call.arguments().get(2)) : first;
    boolean hasMax = call.function() != Function.CLAMP_MIN;
    for (Series series : block) {
      evaluator.dropName(series);
      for (int step = 0; step < series.steps(); step++) {
        double low = hasMin ? first[step] : Double.NEGATIVE_INFINITY;
        double high = hasMax ? max[step] : Double.POSITIVE_INFINITY;
        if (high < low || !series.hasFloat(step)) {
          series.remove(step);
        } else {
          series.set(step, MathFunctions.max(low, MathFunctions.min(high, series.value(step))));
        }
      }
    }
    return evaluator.merged(Blocks.withoutEmpty(evaluator.query(), block));
  }

  private static List<Series> round(Evaluator evaluator, Expr.Call call) {
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    double[] nearest =
        call.arguments().size() > 1 ? evaluator.scalar(call.arguments().get(1)) : null;
    for (Series series : block) {
      evaluator.dropName(series);
      for (int step = 0; step < series.steps(); step++) {
        if (series.hasFloat(step)) {
          double inverse = 1.0 / (nearest == null ? 1 : nearest[step]);
          series.set(step, Math.floor(series.value(step) * inverse + 0.5) / inverse);
        } else {
          series.remove(step);
        }
      }
    }
    return evaluator.merged(Blocks.withoutEmpty(evaluator.query(), block));
  }

  /** Applies a function to all histograms; floats fall away. */
  private static Value histograms(
      Evaluator evaluator, Expr.Call call, ToDoubleFunction<FloatHistogram> function) {
    List<Series> block = evaluator.vector(call.arguments().getFirst());
    for (Series series : block) {
      evaluator.dropName(series);
      for (int step = 0; step < series.steps(); step++) {
        FloatHistogram histogram = series.histogram(step);
        if (histogram == null) {
          series.remove(step);
        } else {
          series.set(step, function.applyAsDouble(histogram));
        }
      }
    }
    return new Value.Vector(evaluator.merged(Blocks.withoutEmpty(evaluator.query(), block)));
  }
}
