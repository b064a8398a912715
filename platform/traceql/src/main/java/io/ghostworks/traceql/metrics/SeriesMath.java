package io.ghostworks.traceql.metrics;

import io.ghostworks.traceql.ast.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Arithmetic between the series of two queries: those with the same labels in the same order are
 * paired, and a series without labels with every one of the other side. Source: Tempo's {@code
 * applyBinaryOp}.
 */
final class SeriesMath {

  private SeriesMath() {}

  /** The value of two numbers; not a number where the divisor is 0. */
  static double apply(Operator operator, double left, double right) {
    return switch (operator) {
      case ADD -> left + right;
      case SUB -> left - right;
      case MULT -> left * right;
      case DIV -> right == 0 ? Double.NaN : left / right;
      default -> Double.NaN;
    };
  }

  static SeriesSet apply(Operator operator, SeriesSet left, SeriesSet right) {
    SeriesSet target = right.get(SeriesKey.EMPTY) == null ? right : left;
    SeriesSet result = new SeriesSet();
    for (Map.Entry<SeriesKey, StepSeries> each : target.entries()) {
      SeriesKey key = each.getKey();
      StepSeries leftOne = match(left, key);
      StepSeries rightOne = match(right, key);
      if (leftOne != null && rightOne != null) {
        result.put(
            key,
            new StepSeries(
                labels(operator, leftOne.labels(), rightOne.labels()),
                values(operator, leftOne.values(), rightOne.values()),
                exemplars(left.get(key), leftOne, right.get(key), rightOne)));
      }
    }
    return result;
  }

  private static @Nullable StepSeries match(SeriesSet set, SeriesKey key) {
    StepSeries own = set.get(key);
    return own != null ? own : set.get(SeriesKey.EMPTY);
  }

  private static double[] values(Operator operator, double[] left, double[] right) {
    double[] values = new double[Math.min(left.length, right.length)];
    for (int i = 0; i < values.length; i++) {
      values[i] = apply(operator, left[i], right[i]);
    }
    return values;
  }

  /** Those of both sides; where one side has been paired with many, those of the other. */
  private static List<MetricExemplar> exemplars(
      @Nullable StepSeries leftOwn,
      StepSeries left,
      @Nullable StepSeries rightOwn,
      StepSeries right) {
    boolean leftFansOut = leftOwn == null;
    boolean rightFansOut = rightOwn == null;
    if (leftFansOut != rightFansOut) {
      return leftFansOut ? right.exemplars() : left.exemplars();
    }
    List<MetricExemplar> both = new ArrayList<>(left.exemplars());
    both.addAll(right.exemplars());
    return both;
  }

  private static List<MetricLabel> labels(
      Operator operator, List<MetricLabel> left, List<MetricLabel> right) {
    List<MetricLabel> labels = new ArrayList<>(left);
    for (MetricLabel label : right) {
      if (!label.name().equals(MetricLabel.NAME) && find(left, label.name()).isEmpty()) {
        labels.add(label);
      }
    }
    Optional<String> leftName = name(left);
    Optional<String> rightName = name(right);
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).name().equals(MetricLabel.NAME)) {
        if (leftName.isPresent() && rightName.isPresent()) {
          labels.set(
              i,
              MetricLabel.text(
                  MetricLabel.NAME,
                  "(%s %s %s)".formatted(leftName.get(), operator, rightName.get())));
        } else {
          // The last label takes the place of the name.
          MetricLabel last = labels.removeLast();
          if (i < labels.size()) {
            labels.set(i, last);
          }
        }
        break;
      }
    }
    return labels;
  }

  private static Optional<String> name(List<MetricLabel> labels) {
    return find(labels, MetricLabel.NAME)
        .map(MetricLabel::value)
        .filter(LabelValue.Text.class::isInstance)
        .map(value -> ((LabelValue.Text) value).value());
  }

  private static Optional<MetricLabel> find(List<MetricLabel> labels, String name) {
    return labels.stream().filter(label -> label.name().equals(name)).findFirst();
  }
}
