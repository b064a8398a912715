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

/**
 * One operator between two elements, floats or histograms. Holds the result of the last one. Of the
 * annotations of a step the last one counts, as in Prometheus; {@link #finish} adds them.
 */
final class ElementOperation {
  private final Query query;
  private final Expr.Binary binary;
  private final BinaryOperator operator;
  private final int steps;
  private double value;
  private @Nullable FloatHistogram histogram;
  private boolean keep;
  private boolean failed;

  /** What is to be annotated at each step; null while there is nothing. */
  private @Nullable Runnable @Nullable [] notes;

  private int step;

  ElementOperation(Query query, Expr.Binary binary, int steps) {
    this.query = query;
    this.binary = binary;
    this.steps = steps;
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
      case POWER -> Power.of(left, right);
      case MODULO -> left % right;
      case ATAN2 -> Math.atan2(left, right);
      default -> throw new IllegalStateException("no arithmetic operator: " + operator);
    };
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

  /** Notes what the elements of all steps gave reason for. */
  void finish() {
    if (notes != null) {
      for (Runnable note : notes) {
        if (note != null) {
          note.run();
        }
      }
    }
  }

  void apply(
      int atStep,
      double left,
      @Nullable FloatHistogram leftHistogram,
      double right,
      @Nullable FloatHistogram rightHistogram) {
    step = atStep;
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
        note(() -> query.annotations().resetCollision(operation, binary.position()));
        failed = true;
      } else if (outcome.boundsReconciled()) {
        note(() -> query.annotations().reconciledBounds(operation, binary.position()));
      }
      histogram = result.compact().toHistogram();
    } catch (IncompatibleHistogramsException e) {
      note(() -> query.annotations().incompatibleBuckets(operator.symbol(), binary.position()));
      failed = true;
    }
  }

  private void incompatible(String left, String right) {
    note(() ->
        query.annotations().incompatibleTypes(left, operator.symbol(), right, binary.position()));
    failed = true;
  }

  private void note(Runnable annotation) {
    if (notes == null) {
      notes = new @Nullable Runnable[steps];
    }
    notes[step] = annotation;
  }

  /** Replaces an element of a vector by its result with a scalar. */
  void withScalar(Series series, int atStep, double scalar, boolean scalarLeft) {
    FloatHistogram element = series.histogram(atStep);
    double number = element == null ? series.value(atStep) : 0;
    if (scalarLeft) {
      apply(atStep, scalar, null, number, element);
    } else {
      apply(atStep, number, element, scalar, null);
    }
    if (failed) {
      series.remove(atStep);
    } else if (histogram != null) {
      series.set(atStep, histogram);
    } else {
      series.set(atStep, value);
    }
  }
}
