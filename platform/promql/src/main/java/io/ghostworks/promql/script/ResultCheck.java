package io.ghostworks.promql.script;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.model.metric.Samples;
import io.ghostworks.promql.eval.QueryResult;
import io.ghostworks.promql.eval.SeriesPoints;
import io.ghostworks.promql.text.FloatText;
import io.ghostworks.promql.text.HistogramText;
import io.ghostworks.query.histogram.MutableHistogram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares a result with what a script expects, floats to a relative difference of 1e-6. */
final class ResultCheck {
  private static final double TOLERANCE = 1e-6;

  private final ScriptCommand.Eval eval;

  ResultCheck(ScriptCommand.Eval eval) {
    this.eval = eval;
  }

  /** Why the result is not the expected one; "" if it is. */
  String difference(QueryResult result) {
    return switch (result) {
      case QueryResult.Matrix matrix -> matrix(matrix.series());
      case QueryResult.Vector vector -> vector(vector.samples(), eval.expects("ordered"));
      case QueryResult.Scalar scalar -> {
        Double expected = eval.scalar();
        if (expected == null) {
          yield "expected a vector or matrix, but got scalar " + scalar.value();
        }
        yield almostEqual(expected, scalar.value())
            ? ""
            : "expected scalar %s but got %s".formatted(expected, scalar.value());
      }
      case QueryResult.StringResult string -> {
        String expected = eval.text() == null ? "" : eval.text();
        yield string.value().equals(expected)
            ? ""
            : "expected string \"%s\" but got \"%s\"".formatted(expected, string.value());
      }
    };
  }

  private String matrix(List<SeriesPoints> series) {
    if (eval.expects("ordered") || eval.scalar() != null) {
      return "expected an ordered or scalar result, but the query returned a matrix";
    }
    Set<Labels> seen = new HashSet<>();
    Labels before = null;
    for (SeriesPoints points : series) {
      if (before != null && before.compareTo(points.labels()) > 0) {
        return "the matrix is not sorted by labels at " + points.labels();
      }
      before = points.labels();
      ScriptCommand.Eval.ExpectedSeries expected = eval.series().get(points.labels());
      if (expected == null) {
        return "unexpected series %s with %s".formatted(points.labels(), describe(points));
      }
      seen.add(points.labels());
      String difference = points(points, expected.values());
      if (!difference.isEmpty()) {
        return "%s of %s (result has %s)".formatted(difference, points.labels(), describe(points));
      }
    }
    return missing(seen);
  }

  private String missing(Set<Labels> seen) {
    for (Labels labels : eval.series().keySet()) {
      if (!seen.contains(labels)) {
        return "expected series %s not found".formatted(labels);
      }
    }
    return "";
  }

  private String points(SeriesPoints points, List<SequenceValue> values) {
    int at = 0;
    for (int i = 0; i < values.size(); i++) {
      SequenceValue value = values.get(i);
      if (value.omitted()) {
        continue;
      }
      long time = eval.startMs() + i * eval.stepMs();
      if (time > eval.endMs()) {
        return "expected more points than the time range has";
      }
      if (at >= points.size() || points.timestampMs(at) != time) {
        return "expected a point at %d".formatted(time);
      }
      String difference = sample(value, points.value(at), points.histogram(at));
      if (!difference.isEmpty()) {
        return "at %d: %s".formatted(time, difference);
      }
      at++;
    }
    return at == points.size() ? "" : "expected %d points".formatted(at);
  }

  String vector(List<QueryResult.Sample> samples, boolean ordered) {
    if (eval.scalar() != null) {
      return "expected a scalar, but got a vector of %d samples".formatted(samples.size());
    }
    Set<Labels> seen = new HashSet<>();
    int position = 0;
    for (QueryResult.Sample sample : samples) {
      position++;
      ScriptCommand.Eval.ExpectedSeries expected = eval.series().get(sample.labels());
      if (expected == null) {
        return "unexpected series %s with value %s"
            .formatted(sample.labels(), describe(sample.value(), sample.histogram()));
      }
      if (ordered && expected.position() != position) {
        return "expected %s at position %d but it is at %d"
            .formatted(sample.labels(), expected.position(), position);
      }
      SequenceValue value =
          expected.values().isEmpty() ? SequenceValue.of(0) : expected.values().getFirst();
      String difference = sample(value, sample.value(), sample.histogram());
      if (!difference.isEmpty()) {
        return "%s of %s".formatted(difference, sample.labels());
      }
      seen.add(sample.labels());
    }
    return missing(seen);
  }

  private static String sample(
      SequenceValue expected, double value, @Nullable FloatHistogram histogram) {
    boolean same;
    if (expected.histogram() == null || histogram == null) {
      same =
          expected.histogram() == null && histogram == null && almostEqual(expected.value(), value);
    } else {
      same = almostEqual(expected.histogram(), histogram, expected.hintSet());
    }
    return same
        ? ""
        : "expected %s but got %s"
            .formatted(
                describe(expected.value(), expected.histogram()), describe(value, histogram));
  }

  private static String describe(double value, @Nullable FloatHistogram histogram) {
    return histogram == null ? FloatText.format(value) : HistogramText.testExpression(histogram);
  }

  private static String describe(SeriesPoints points) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < Math.min(20, points.size()); i++) {
      texts.add(describe(points.value(i), points.histogram(i)) + "@" + points.timestampMs(i));
    }
    return texts + (points.size() > 20 ? " and more" : "");
  }

  static boolean almostEqual(double a, double b) {
    if (Samples.isStale(a) || Samples.isStale(b)) {
      return Samples.isStale(a) && Samples.isStale(b);
    }
    if (Double.isNaN(a) && Double.isNaN(b)) {
      return true;
    }
    if (a == b) {
      return true;
    }
    double sum = Math.abs(a) + Math.abs(b);
    double difference = Math.abs(a - b);
    if (a == 0 || b == 0 || sum < Double.MIN_NORMAL) {
      return difference < TOLERANCE * Double.MIN_NORMAL;
    }
    return difference / Math.min(sum, Double.MAX_VALUE) < TOLERANCE;
  }

  private static boolean almostEqual(
      FloatHistogram expected, FloatHistogram actual, boolean compareHints) {
    FloatHistogram e = MutableHistogram.of(expected).compact().toHistogram();
    FloatHistogram a = MutableHistogram.of(actual).compact().toHistogram();
    return e.schema() == a.schema()
        && almostEqual(e.count(), a.count())
        && almostEqual(e.sum(), a.sum())
        && e.zeroThreshold() == a.zeroThreshold()
        && almostEqual(e.zeroCount(), a.zeroCount())
        && java.util.Arrays.equals(e.customBounds(), a.customBounds())
        && java.util.Arrays.equals(e.positiveSpanOffsets(), a.positiveSpanOffsets())
        && java.util.Arrays.equals(e.positiveSpanLengths(), a.positiveSpanLengths())
        && java.util.Arrays.equals(e.negativeSpanOffsets(), a.negativeSpanOffsets())
        && java.util.Arrays.equals(e.negativeSpanLengths(), a.negativeSpanLengths())
        && almostEqual(e.positiveCounts(), a.positiveCounts())
        && almostEqual(e.negativeCounts(), a.negativeCounts())
        && (!compareHints || expected.counterReset() == actual.counterReset());
  }

  private static boolean almostEqual(double[] expected, double[] actual) {
    if (expected.length != actual.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if (!almostEqual(expected[i], actual[i])) {
        return false;
      }
    }
    return true;
  }
}
