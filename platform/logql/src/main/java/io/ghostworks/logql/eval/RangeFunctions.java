package io.ghostworks.logql.eval;

import io.ghostworks.logql.syntax.LogRange;
import io.ghostworks.logql.syntax.MetricExpr;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** The windows of each range aggregation. */
final class RangeFunctions {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private RangeFunctions() {}

  /** Makes the window of a series. */
  static Supplier<SeriesWindow> windows(
      MetricExpr.RangeAggregation aggregation, LongConsumer memory) {
    LogRange range = aggregation.range();
    double seconds = seconds(range.intervalNanos());
    return switch (aggregation.operation()) {
      case COUNT_OVER_TIME, BYTES_OVER_TIME -> () -> new CountWindow(1, memory);
      case BYTES_RATE -> () -> new CountWindow(seconds, memory);
      case RATE ->
          range.unwrap() == null
              ? () -> new CountWindow(seconds, memory)
              : values(WindowFunctions.sum(seconds), memory);
      case SUM_OVER_TIME -> values(WindowFunctions.sum(1), memory);
      case RATE_COUNTER ->
          values(WindowFunctions.counterRate(range.intervalNanos(), seconds), memory);
      case AVG_OVER_TIME -> values(WindowFunctions::average, memory);
      case STDVAR_OVER_TIME -> values(WindowFunctions::variance, memory);
      case STDDEV_OVER_TIME -> values(WindowFunctions::standardDeviation, memory);
      case QUANTILE_OVER_TIME -> values(WindowFunctions.quantile(quantile(aggregation)), memory);
      case MIN_OVER_TIME -> () -> new FoldWindow(FoldWindow.Fold.MIN, memory);
      case MAX_OVER_TIME -> () -> new FoldWindow(FoldWindow.Fold.MAX, memory);
      case FIRST_OVER_TIME, ABSENT_OVER_TIME -> () -> new FoldWindow(FoldWindow.Fold.FIRST, memory);
      case LAST_OVER_TIME -> () -> new FoldWindow(FoldWindow.Fold.LAST, memory);
    };
  }

  private static double quantile(MetricExpr.RangeAggregation aggregation) {
    Double quantile = aggregation.parameter();
    if (quantile == null) {
      throw new IllegalStateException("a quantile without a number: " + aggregation);
    }
    return quantile;
  }

  private static Supplier<SeriesWindow> values(
      ValueWindow.WindowFunction function, LongConsumer memory) {
    return () -> new ValueWindow(function, memory);
  }

  /** As Go's Duration.Seconds computes it. */
  private static double seconds(long nanos) {
    long whole = nanos / NANOS_PER_SECOND;
    return whole + nanos % NANOS_PER_SECOND / 1e9;
  }
}
