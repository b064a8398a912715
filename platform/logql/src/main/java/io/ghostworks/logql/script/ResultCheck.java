package io.ghostworks.logql.script;

import io.ghostworks.logql.eval.LogqlResult;
import io.ghostworks.model.label.Labels;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Compares a result with what a script expects: series as a set unless they are ordered, values to
 * a difference of 1e-9, absolute or relative.
 */
final class ResultCheck {
  private static final double TOLERANCE = 1e-9;

  private final ScriptCommand.Eval eval;
  private final long epochMs;

  ResultCheck(ScriptCommand.Eval eval, long epochMs) {
    this.eval = eval;
    this.epochMs = epochMs;
  }

  /** Why the result is not the expected one; "" if it is. */
  String difference(LogqlResult result) {
    return switch (result) {
      case LogqlResult.Scalar scalar -> scalar(scalar.value());
      case LogqlResult.Vector vector -> vector(vector.samples());
      case LogqlResult.Matrix matrix -> matrix(matrix.series());
      case LogqlResult.Streams streams ->
          "the query gives log lines; only metric queries are supported";
    };
  }

  private String scalar(double value) {
    return switch (eval.expected().outcome()) {
      case Expected.Outcome.Scalar scalar -> value(scalar.value(), value);
      case Expected.Outcome.Empty empty -> "expected an empty result, got scalar " + value;
      default -> "expected series, got scalar " + value;
    };
  }

  private String vector(List<LogqlResult.Sample> samples) {
    return switch (eval.expected().outcome()) {
      case Expected.Outcome.Empty empty ->
          samples.isEmpty() ? "" : "expected an empty result, got " + samples;
      case Expected.Outcome.AllOf all ->
          eval.expected().ordered()
              ? ordered(all.series(), samples)
              : unordered(all.series(), samples);
      default -> "expected a scalar, got a vector of %d series".formatted(samples.size());
    };
  }

  private String ordered(List<Expected.Series> expected, List<LogqlResult.Sample> samples) {
    if (expected.size() != samples.size()) {
      return count(expected.size(), samples.size());
    }
    for (int i = 0; i < samples.size(); i++) {
      if (!expected.get(i).labels().equals(samples.get(i).labels())) {
        return "expected %s at position %d, got %s"
            .formatted(expected.get(i).labels(), i + 1, samples.get(i).labels());
      }
      String difference = sample(expected.get(i), samples.get(i));
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return "";
  }

  private String unordered(List<Expected.Series> expected, List<LogqlResult.Sample> samples) {
    Map<Labels, LogqlResult.Sample> found = new HashMap<>();
    for (LogqlResult.Sample sample : samples) {
      if (found.put(sample.labels(), sample) != null) {
        return "the result has the series %s twice".formatted(sample.labels());
      }
    }
    Set<Labels> seen = new HashSet<>();
    for (Expected.Series series : expected) {
      LogqlResult.Sample sample = found.get(series.labels());
      if (sample == null) {
        return "expected series %s not found; got %s".formatted(series.labels(), samples);
      }
      if (!seen.add(series.labels())) {
        return "the series %s is expected twice".formatted(series.labels());
      }
      String difference = sample(series, sample);
      if (!difference.isEmpty()) {
        return difference;
      }
    }
    return seen.size() == found.size() ? "" : count(seen.size(), found.size()) + ": " + samples;
  }

  private String sample(Expected.Series expected, LogqlResult.Sample sample) {
    if (expected.points().size() != 1 || expected.points().getFirst().isEmpty()) {
      return "an instant result has one value a series: " + expected.labels();
    }
    long timeMs = timeMs(0);
    if (sample.timestampMs() != timeMs) {
      return "series %s has the time %d ms, expected %d"
          .formatted(sample.labels(), sample.timestampMs(), timeMs);
    }
    String difference = value(expected.points().getFirst().getAsDouble(), sample.value());
    return difference.isEmpty() ? "" : "series %s: %s".formatted(sample.labels(), difference);
  }

  private String matrix(List<LogqlResult.Series> series) {
    return switch (eval.expected().outcome()) {
      case Expected.Outcome.Empty empty ->
          series.isEmpty()
              ? ""
              : "expected an empty result, got %d series".formatted(series.size());
      case Expected.Outcome.AllOf all ->
          eval.expected().ordered()
              ? "`expect ordered` is only supported for instant queries"
              : matrix(all.series(), series);
      default -> "expected a scalar, got a matrix of %d series".formatted(series.size());
    };
  }

  private String matrix(List<Expected.Series> expected, List<LogqlResult.Series> series) {
    Map<Labels, LogqlResult.Series> found = new HashMap<>();
    for (LogqlResult.Series each : series) {
      if (found.put(each.labels(), each) != null) {
        return "the result has the series %s twice".formatted(each.labels());
      }
    }
    Set<Labels> seen = new HashSet<>();
    for (Expected.Series each : expected) {
      LogqlResult.Series points = found.get(each.labels());
      if (points == null) {
        return "expected series %s not found; got %s".formatted(each.labels(), found.keySet());
      }
      if (!seen.add(each.labels())) {
        return "the series %s is expected twice".formatted(each.labels());
      }
      String difference = points(each, points);
      if (!difference.isEmpty()) {
        return "series %s: %s".formatted(each.labels(), difference);
      }
    }
    return seen.size() == found.size()
        ? ""
        : count(seen.size(), found.size()) + ": " + found.keySet();
  }

  private String points(Expected.Series expected, LogqlResult.Series series) {
    long steps = (eval.endNanos() - eval.startNanos()) / eval.stepNanos() + 1;
    if (expected.points().size() != steps) {
      return "%d points are expected of %d steps".formatted(expected.points().size(), steps);
    }
    int at = 0;
    for (int step = 0; step < steps; step++) {
      OptionalDouble point = expected.points().get(step);
      boolean there = at < series.size() && series.timestampsMs()[at] == timeMs(step);
      if (there != point.isPresent()) {
        return "step %d should %s".formatted(step, there ? "be empty" : "have a value");
      }
      if (there) {
        String difference = value(point.getAsDouble(), series.values()[at++]);
        if (!difference.isEmpty()) {
          return "step %d: %s".formatted(step, difference);
        }
      }
    }
    return at == series.size() ? "" : "a point at an unexpected time";
  }

  private long timeMs(long step) {
    return Math.floorDiv(eval.startNanos() + step * eval.stepNanos(), 1_000_000L) + epochMs;
  }

  private static String count(int expected, int found) {
    return "expected %d series, got %d".formatted(expected, found);
  }

  private String value(double expected, double found) {
    boolean same = !eval.expected().comparesValues() || isClose(expected, found);
    return same ? "" : "expected %s, got %s".formatted(expected, found);
  }

  private static boolean isClose(double expected, double found) {
    if (Double.isNaN(expected) || Double.isNaN(found)) {
      return Double.isNaN(expected) && Double.isNaN(found);
    }
    if (Double.isInfinite(expected) || Double.isInfinite(found)) {
      return expected == found;
    }
    double difference = Math.abs(expected - found);
    return difference <= TOLERANCE
        || difference / Math.max(Math.abs(expected), Math.abs(found)) <= TOLERANCE;
  }
}
