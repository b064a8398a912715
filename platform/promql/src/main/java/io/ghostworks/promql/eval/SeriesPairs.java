package io.ghostworks.promql.eval;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import java.util.List;

/** An operator between series that belong to each other at all steps, a pair at a time. */
final class SeriesPairs {
  private final Evaluator evaluator;
  private final Expr.Binary binary;
  private final BinaryOperator operator;
  private final ElementOperation element;
  private final boolean swapped;
  private final OutputPieces output;
  private int pairs;

  /**
   * @param element computes what is no pair of floats
   * @param swapped whether the series of the "one" side is the left operand
   */
  SeriesPairs(Evaluator evaluator, Expr.Binary binary, ElementOperation element, boolean swapped) {
    this.evaluator = evaluator;
    this.binary = binary;
    this.operator = binary.operator();
    this.element = element;
    this.swapped = swapped;
    this.output = new OutputPieces(evaluator.query(), evaluator.grid());
  }

  /** Computes the steps at which both series have a value. */
  void compute(Series many, Series one, Labels labels) {
    evaluator.query().context().check();
    evaluator.query().work(evaluator.grid().steps());
    Series left = swapped ? one : many;
    Series right = swapped ? many : one;
    Series result = output.newSeries(labels, binary.returnBool());
    boolean floats = !left.hasHistograms() && !right.hasHistograms();
    if (floats && operator.isComparison()) {
      compare(left.values(), right.values(), result.values());
    } else if (floats && ElementOperation.changesMeaning(operator)) {
      calculate(left.values(), right.values(), result.values());
    } else {
      elements(left, right, result);
    }
    output.add(result, 0, pairs++);
  }

  private void calculate(double[] left, double[] right, double[] result) {
    for (int step = 0; step < result.length; step++) {
      if (Series.isPresent(left[step]) && Series.isPresent(right[step])) {
        result[step] = ElementOperation.compute(operator, left[step], right[step]);
      }
    }
  }

  private void compare(double[] left, double[] right, double[] result) {
    boolean bool = binary.returnBool();
    for (int step = 0; step < result.length; step++) {
      if (Series.isPresent(left[step]) && Series.isPresent(right[step])) {
        boolean holds = ElementOperation.compares(operator, left[step], right[step]);
        if (bool) {
          result[step] = holds ? 1 : 0;
        } else if (holds) {
          result[step] = left[step];
        }
      }
    }
  }

  private void elements(Series left, Series right, Series result) {
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      if (!left.has(step) || !right.has(step)) {
        continue;
      }
      element.apply(
          step, left.value(step), left.histogram(step), right.value(step), right.histogram(step));
      if (element.failed()) {
        continue;
      }
      FloatHistogram histogram = element.histogram();
      if (binary.returnBool()) {
        result.set(step, element.keep() ? 1 : 0);
      } else if (element.keep() && histogram != null) {
        result.set(step, histogram);
      } else if (element.keep()) {
        result.set(step, element.value());
      }
    }
  }

  /** The results, in the order in which steps would have given them. */
  List<Series> finish() {
    return output.finish();
  }
}
