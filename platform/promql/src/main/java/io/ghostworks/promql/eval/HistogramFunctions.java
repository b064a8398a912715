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

  private final Evaluator evaluator;
  private final Query query;
  private final Expr.Call call;
  private final boolean fraction;
  private final boolean keepsName;
  private final PositionRange vectorPosition;
  private final Map<Labels, Group> groups = new LinkedHashMap<>();
  private final OutputBlock output;
  private @Nullable String quantileLabel;

  HistogramFunctions(Evaluator evaluator, Expr.Call call) {
    this.evaluator = evaluator;
    this.query = evaluator.query();
    this.call = call;
    this.fraction = call.function() == Function.HISTOGRAM_FRACTION;
    this.keepsName = query.options().delayedNameRemoval();
    this.vectorPosition = call.arguments().get(vectorArgument()).position();
    this.output = new OutputBlock(query, evaluator.grid());
  }

  /** A classic histogram. */
  private record Group(Labels labels, ClassicHistogram histogram) {}

  /**
   * A series of the input: a bucket of a classic histogram, or one of native histograms.
   *
   * @param bound the bucket's upper bound, or null if its label gives none
   */
  private record Input(Series series, Group group, @Nullable Double bound, Labels nativeLabels) {}

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
    List<Series> block = evaluator.vector(call.arguments().get(vectorArgument()));
    List<Input> inputs = new ArrayList<>(block.size());
    for (Series series : block) {
      inputs.add(input(series));
    }
    for (int step = 0; step < evaluator.grid().steps(); step++) {
      gather(inputs, step);
      if (fraction) {
        fractions(inputs, step, scalars.get(0)[step], scalars.get(1)[step]);
        continue;
      }
      for (int i = 0; i < scalars.size(); i++) {
        double q = scalars.get(i)[step];
        if (!(q >= 0 && q <= 1)) {
          query.annotations().invalidQuantile(q, positions.get(i));
        }
        quantiles(inputs, step, q);
      }
    }
    Blocks.discard(query, block);
    return output.finish();
  }

  private Input input(Series series) {
    Labels labels = series.labels();
    Labels key =
        labels.has(BUCKET_LABEL) ? labels.toBuilder().remove(BUCKET_LABEL).build() : labels;
    Group group = groups.computeIfAbsent(key, k -> new Group(named(k), new ClassicHistogram()));
    Double bound = null;
    try {
      bound = FloatText.parseFloat(labels.get(BUCKET_LABEL));
    } catch (NumberFormatException e) {
      // No bucket; a float of this series is warned about.
    }
    return new Input(series, group, bound, named(labels));
  }

  private Labels named(Labels labels) {
    return keepsName ? labels : Series.withoutMetadata(labels);
  }

  private String name(Labels labels) {
    return keepsName ? labels.metricName() : "";
  }

  private void gather(List<Input> inputs, int step) {
    groups.values().forEach(group -> group.histogram().clear());
    for (Input input : inputs) {
      if (!input.series().hasFloat(step)) {
        continue;
      }
      if (input.bound() == null) {
        query
            .annotations()
            .badBucketLabel(
                name(input.series().labels()),
                input.series().labels().get(BUCKET_LABEL),
                vectorPosition);
      } else {
        input.group().histogram().add(input.bound(), input.series().value(step));
      }
    }
    for (Input input : inputs) {
      if (input.series().histogram(step) == null) {
        continue;
      }
      Group classic = groups.get(input.series().labels());
      if (classic != null && !classic.histogram().isEmpty()) {
        query.annotations().mixedClassicNative(name(input.series().labels()), vectorPosition);
        input.series().remove(step);
        classic.histogram().clear();
      }
    }
  }

  private void quantiles(List<Input> inputs, int step, double q) {
    for (Input input : inputs) {
      FloatHistogram histogram = input.series().histogram(step);
      if (histogram != null) {
        HistogramQuantile.Result result = HistogramQuantile.quantile(q, histogram);
        String name = name(input.series().labels());
        switch (result.note()) {
          case NAN_RESULT -> query.annotations().quantileIsNan(name, vectorPosition);
          case NAN_SKEW -> query.annotations().quantileIsSkewed(name, vectorPosition);
          case NONE -> {}
        }
        put(input.nativeLabels(), q, step, result.value());
      }
    }
    for (Group group : groups.values()) {
      if (!group.histogram().isEmpty()) {
        double quantile = group.histogram().quantile(q);
        ClassicHistogram.Forced forced = group.histogram().forced();
        if (forced != null) {
          query
              .annotations()
              .forcedMonotonicity(
                  name(group.labels()), evaluator.grid().timeMs(step), forced, vectorPosition);
        }
        put(group.labels(), q, step, quantile);
      }
    }
  }

  private void fractions(List<Input> inputs, int step, double lower, double upper) {
    for (Input input : inputs) {
      FloatHistogram histogram = input.series().histogram(step);
      if (histogram != null) {
        HistogramQuantile.Result result = HistogramQuantile.fraction(lower, upper, histogram);
        if (result.note() != HistogramQuantile.Note.NONE) {
          query.annotations().fractionWithoutNans(name(input.series().labels()), vectorPosition);
        }
        output.at(input.nativeLabels(), true, step).set(step, result.value());
      }
    }
    for (Group group : groups.values()) {
      if (!group.histogram().isEmpty()) {
        output.at(group.labels(), true, step).set(step, group.histogram().fraction(lower, upper));
      }
    }
  }

  private void put(Labels labels, double q, int step, double quantile) {
    Labels target = labels;
    if (quantileLabel != null) {
      target = labels.toBuilder().set(quantileLabel, openMetrics(q)).build();
    }
    output.at(target, true, step).set(step, quantile);
  }

  /** A number as OpenMetrics writes it: whole numbers with a decimal. */
  private static String openMetrics(double value) {
    String text = FloatText.formatShort(value);
    boolean plain = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    return plain ? text + ".0" : text;
  }
}
