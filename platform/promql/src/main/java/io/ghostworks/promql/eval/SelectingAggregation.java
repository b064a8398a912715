package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.promql.ast.AggregateOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import io.ghostworks.promql.text.FloatText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** topk, bottomk, limitk and limit_ratio: the answer consists of series of the input. */
final class SelectingAggregation {
  private final Evaluator evaluator;
  private final Query query;
  private final Expr.Aggregation aggregation;
  private final AggregateOperator operator;
  private final List<Series> ordered = new ArrayList<>();
  private @Nullable Series[] chosen = new @Nullable Series[0];

  SelectingAggregation(Evaluator evaluator, Expr.Aggregation aggregation) {
    this.evaluator = evaluator;
    this.query = evaluator.query();
    this.aggregation = aggregation;
    this.operator = aggregation.operator();
  }

  List<Series> evaluate(List<Series> block, int[] groups, int groupCount, double[] parameter) {
    if (!checkParameter(parameter)) {
      return List.of();
    }
    chosen = new @Nullable Series[block.size()];
    TopHeap[] heaps = new TopHeap[groupCount];
    for (int group = 0; group < groupCount; group++) {
      heaps[group] = new TopHeap(operator != AggregateOperator.BOTTOMK);
    }
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      query.context().check();
      for (TopHeap heap : heaps) {
        heap.clear();
      }
      select(block, groups, heaps, parameter[step], step);
    }
    List<Series> results = Blocks.merge(query, ordered);
    for (Series series : results) {
      query.hold(series.size());
    }
    return results;
  }

  /** False where no step selects anything. */
  private boolean checkParameter(double[] parameter) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    boolean nan = false;
    for (double value : parameter) {
      nan |= Double.isNaN(value);
      min = value < min ? value : min;
      max = value > max ? value : max;
    }
    if (operator == AggregateOperator.LIMIT_RATIO) {
      return checkRatio(min, max, nan);
    }
    if (max < 1 && !nan) {
      return false;
    }
    if (nan) {
      throw Query.failure("Parameter value is NaN");
    }
    if (min <= -0x1p63) {
      throw Query.failure("Scalar value %s underflows int64".formatted(FloatText.formatShort(min)));
    }
    if (max >= 0x1p63) {
      throw Query.failure("Scalar value %s overflows int64".formatted(FloatText.formatShort(max)));
    }
    return true;
  }

  private boolean checkRatio(double min, double max, boolean nan) {
    if (nan) {
      throw Query.failure("Ratio value is NaN");
    }
    if (min == 0 && max == 0) {
      return false;
    }
    Expr parameter = aggregation.parameter();
    PositionRange position = parameter == null ? aggregation.position() : parameter.position();
    if (max > 1) {
      query.annotations().invalidRatio(max, 1, position);
    }
    if (min < -1) {
      query.annotations().invalidRatio(min, -1, position);
    }
    return true;
  }

  private void select(
      List<Series> block, int[] groups, TopHeap[] heaps, double parameter, int step) {
    boolean ratio = operator == AggregateOperator.LIMIT_RATIO;
    int k = (int) Math.min(ratio ? 0 : (long) parameter, block.size());
    if (ratio ? parameter == 0 : k < 1) {
      return;
    }
    for (int i = 0; i < groups.length; i++) {
      Series series = block.get(i);
      if (!series.has(step)) {
        continue;
      }
      TopHeap heap = heaps[groups[i]];
      switch (operator) {
        case LIMITK -> {
          if (heap.size() < k) {
            heap.append(i);
          }
        }
        case LIMIT_RATIO -> {
          if (SeriesSampling.isChosen(Math.clamp(parameter, -1, 1), series.labels())) {
            heap.append(i);
          }
        }
        default -> {
          if (series.hasFloat(step)) {
            heap.offer(i, series.value(step), k);
          } else {
            query.annotations().ignoredInAggregation(operator.word(), aggregation.position());
          }
        }
      }
    }
    for (TopHeap heap : heaps) {
      boolean byValue = operator == AggregateOperator.TOPK || operator == AggregateOperator.BOTTOMK;
      for (int i : byValue ? heap.sorted() : heap.items()) {
        choose(block.get(i), i, step);
      }
    }
  }

  private void choose(Series series, int index, int step) {
    Series result = chosen[index];
    if (result == null) {
      Labels labels = series.labels();
      result = Blocks.newSeries(query, labels, series.dropName(), evaluator.grid());
      chosen[index] = result;
      ordered.add(result);
    }
    result.copy(step, series, step);
  }
}
