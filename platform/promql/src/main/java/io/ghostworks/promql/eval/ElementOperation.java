package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.FloatHistogram.CounterReset;
import io.ghostworks.promql.ast.BinaryOperator;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.query.histogram.HistogramEquality;
import io.ghostworks.query.histogram.HistogramTrim;
import io.ghostworks.query.histogram.IncompatibleHistogramsException;
import io.ghostworks.query.histogram.MutableHistogram;
import org.jspecify.annotations.Nullable;

/** One operator between two elements, floats or histograms. Holds the result of the last one. */
final class ElementOperation {
  private final Query query;
  private final Expr.Binary binary;
  private final BinaryOperator operator;
  private double value;
  private @Nullable FloatHistogram histogram;
  private boolean keep;
  private boolean failed;

  ElementOperation(Query query, Expr.Binary binary) {
    this.query = query;
    this.binary = binary;
    this.operator = binary.operator();
  }

  /** The result, unless there is a histogram. */
  double value() {
    return value;
  }

  @Nullable FloatHistogram histogram() {
    return histogram;
  }

  /** Whether a comparison holds; true for other operators. */
  boolean keep() {
    return keep;
  }

  /** Whether there is no result at all; an annotation says why. */
  boolean failed() {
    return failed;
  }

  /** Computes a float operator other than comparisons. */
  static double compute(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUBTRACT -> left - right;
      case MULTIPLY -> left * right;
      case DIVIDE -> left / right;
      case POWER -> power(left, right);
      case MODULO -> left % right;
      case ATAN2 -> Math.atan2(left, right);
      default -> throw new IllegalStateException("no arithmetic operator: " + operator);
    };
  }

  /** As Go's {@code math.Pow}, which gives 1 for bases of 1 and −1 where Java gives NaN. */
  private static double power(double base, double exponent) {
    if (base == 1 || (base == -1 && Double.isInfinite(exponent))) {
      return 1;
    }
    return Math.pow(base, exponent);
  }

  static boolean compares(BinaryOperator operator, double left, double right) {
    return switch (operator) {
      case EQUAL -> left == right;
      case NOT_EQUAL -> left != right;
      case LESS -> left < right;
      case LESS_OR_EQUAL -> left <= right;
      case GREATER -> left > right;
      case GREATER_OR_EQUAL -> left >= right;
      default -> throw new IllegalStateException("no comparison: " + operator);
    };
  }

  /** Whether the result is no longer the same metric. */
  static boolean changesMeaning(BinaryOperator operator) {
    return switch (operator) {
      case ADD, SUBTRACT, DIVIDE, MULTIPLY, POWER, MODULO, ATAN2 -> true;
      default -> false;
    };
  }

  void apply(
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram) {
    value = 0;
    histogram = null;
    keep = true;
    failed = false;
    if (leftHistogram == null && rightHistogram == null) {
      floats(left, right);
    } else if (leftHistogram == null) {
      if (operator == BinaryOperator.MULTIPLY && rightHistogram != null) {
        histogram = MutableHistogram.of(rightHistogram).multiply(left).compact().toHistogram();
      } else {
        incompatible("float", "histogram");
      }
    } else if (rightHistogram == null) {
      histogramAndFloat(leftHistogram, right);
    } else {
      histograms(leftHistogram, rightHistogram);
    }
  }

  private void floats(double left, double right) {
    if (operator.isComparison()) {
      value = left;
      keep = compares(operator, left, right);
    } else if (changesMeaning(operator)) {
      value = compute(operator, left, right);
    } else {
      incompatible("float", "float");
    }
  }

  private void histogramAndFloat(FloatHistogram left, double right) {
    switch (operator) {
      case MULTIPLY ->
          histogram = MutableHistogram.of(left).multiply(right).compact().toHistogram();
      case DIVIDE -> histogram = MutableHistogram.of(left).divide(right).compact().toHistogram();
      case TRIM_UPPER -> histogram = HistogramTrim.trim(left, right, true);
      case TRIM_LOWER -> histogram = HistogramTrim.trim(left, right, false);
      default -> incompatible("histogram", "float");
    }
  }

  private void histograms(FloatHistogram left, FloatHistogram right) {
    switch (operator) {
      case ADD -> combine(left, right, Annotations.Operation.ADDITION);
      case SUBTRACT -> combine(left, right, Annotations.Operation.SUBTRACTION);
      case EQUAL -> {
        histogram = left;
        keep = HistogramEquality.sameData(left, right);
      }
      case NOT_EQUAL -> {
        histogram = left;
        keep = !HistogramEquality.sameData(left, right);
      }
      default -> incompatible("histogram", "histogram");
    }
  }

  private void combine(FloatHistogram left, FloatHistogram right, Annotations.Operation operation) {
    MutableHistogram result = MutableHistogram.of(left);
    try {
      boolean minus = operation == Annotations.Operation.SUBTRACTION;
      MutableHistogram.Outcome outcome = minus ? result.subtract(right) : result.add(right);
      if (minus) {
        result.setHint(CounterReset.GAUGE);
      }
      if (outcome.resetCollision()) {
        query.annotations().resetCollision(operation, binary.position());
        failed = true;
      } else if (outcome.boundsReconciled()) {
        query.annotations().reconciledBounds(operation, binary.position());
      }
      histogram = result.compact().toHistogram();
    } catch (IncompatibleHistogramsException e) {
      query.annotations().incompatibleBuckets(operator.symbol(), binary.position());
      failed = true;
    }
  }

  private void incompatible(String left, String right) {
    query.annotations().incompatibleTypes(left, operator.symbol(), right, binary.position());
    failed = true;
  }

  /** Replaces an element of a vector by its result with a scalar. */
  void withScalar(Series series, int step, double scalar, boolean scalarLeft) {
    FloatHistogram element = series.histogram(step);
    double number = element == null ? series.value(step) : 0;
    if (scalarLeft) {
      apply(scalar, null, number, element);
    } else {
      apply(number, element, scalar, null);
    }
    if (failed) {
      series.remove(step);
    } else if (histogram != null) {
      series.set(step, histogram);
    } else {
      series.set(step, value);
    }
  }
}
