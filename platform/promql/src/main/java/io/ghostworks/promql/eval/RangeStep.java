package io.ghostworks.promql.eval;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.promql.ast.Expr;
import io.ghostworks.promql.ast.PositionRange;
import org.jspecify.annotations.Nullable;

/** What a range function sees at one step, and where it puts its result. Reused for all steps. */
final class RangeStep {
  private final SampleWindow window;
  private final Annotations annotations;
  private final PositionRange position;
  private final PositionRange firstArgumentPosition;
  private final Expr.Extension extension;
  private final long rangeMs;
  private final double[][] arguments;
  private long timeMs;
  private long endMs;
  private int step;
  private double value;
  private @Nullable FloatHistogram histogram;

  /**
   * @param position the range vector's
   * @param arguments the scalar arguments, in their order, by step
   */
  RangeStep(
      SampleWindow window,
      Annotations annotations,
      PositionRange position,
      PositionRange firstArgumentPosition,
      Expr.Extension extension,
      long rangeMs,
      double[][] arguments) {
    this.window = window;
    this.annotations = annotations;
    this.position = position;
    this.firstArgumentPosition = firstArgumentPosition;
    this.extension = extension;
    this.rangeMs = rangeMs;
    this.arguments = arguments;
  }

  void begin(int newStep, long newTimeMs, long newEndMs) {
    step = newStep;
    timeMs = newTimeMs;
    endMs = newEndMs;
    value = Series.ABSENT;
    histogram = null;
  }

  SampleWindow window() {
    return window;
  }

  Annotations annotations() {
    return annotations;
  }

  PositionRange position() {
    return position;
  }

  /** Where a function with a leading scalar says what it has to say. */
  PositionRange firstArgumentPosition() {
    return firstArgumentPosition;
  }

  Expr.Extension extension() {
    return extension;
  }

  /** The evaluation time. */
  long timeMs() {
    return timeMs;
  }

  /** The start of the range, exclusive. */
  long startMs() {
    return endMs - rangeMs;
  }

  /** The end of the range, inclusive. */
  long endMs() {
    return endMs;
  }

  double rangeSeconds() {
    return seconds(rangeMs);
  }

  /** A duration in seconds as Go gives it. */
  static double seconds(long durationMs) {
    long seconds = durationMs / 1000;
    return seconds + durationMs % 1000 * 1_000_000 / 1e9;
  }

  double argument(int index) {
    return arguments[index][step];
  }

  void give(double result) {
    value = result;
  }

  void give(FloatHistogram result) {
    histogram = result;
  }

  void storeIn(Series series) {
    if (histogram != null) {
      series.set(step, histogram);
    } else {
      series.set(step, value);
    }
  }
}
