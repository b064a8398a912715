package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Function;
import java.util.EnumMap;
import java.util.Map;

/** The functions over range vectors. */
final class RangeFunctions {
  private static final Map<Function, RangeFunction> ALL = new EnumMap<>(Function.class);

  static {
    ALL.put(Function.RATE, step -> Rate.apply(step, true, true));
    ALL.put(Function.INCREASE, step -> Rate.apply(step, true, false));
    ALL.put(Function.DELTA, step -> Rate.apply(step, false, false));
    ALL.put(Function.IRATE, step -> InstantRate.apply(step, true));
    ALL.put(Function.IDELTA, step -> InstantRate.apply(step, false));
    ALL.put(Function.RESETS, step -> Changes.apply(step, true));
    ALL.put(Function.CHANGES, step -> Changes.apply(step, false));
    ALL.put(Function.AVG_OVER_TIME, OverTime::average);
    ALL.put(Function.SUM_OVER_TIME, OverTime::sum);
    ALL.put(Function.COUNT_OVER_TIME, OverTime::count);
    ALL.put(Function.MAX_OVER_TIME, step -> OverTime.extreme(step, true));
    ALL.put(Function.MIN_OVER_TIME, step -> OverTime.extreme(step, false));
    ALL.put(Function.TS_OF_MAX_OVER_TIME, step -> OverTime.timeOfExtreme(step, true));
    ALL.put(Function.TS_OF_MIN_OVER_TIME, step -> OverTime.timeOfExtreme(step, false));
    ALL.put(Function.FIRST_OVER_TIME, OverTime::first);
    ALL.put(Function.LAST_OVER_TIME, OverTime::last);
    ALL.put(Function.TS_OF_FIRST_OVER_TIME, OverTime::timeOfFirst);
    ALL.put(Function.TS_OF_LAST_OVER_TIME, OverTime::timeOfLast);
    ALL.put(Function.STDDEV_OVER_TIME, step -> OverTime.variance(step, true));
    ALL.put(Function.STDVAR_OVER_TIME, step -> OverTime.variance(step, false));
    ALL.put(Function.QUANTILE_OVER_TIME, OverTime::quantile);
    ALL.put(Function.MAD_OVER_TIME, OverTime::medianDeviation);
    ALL.put(Function.PRESENT_OVER_TIME, step -> step.give(1));
    ALL.put(Function.ABSENT_OVER_TIME, step -> step.give(1));
    ALL.put(Function.DERIV, Trend::derivative);
    ALL.put(Function.PREDICT_LINEAR, Trend::prediction);
    ALL.put(Function.DOUBLE_EXPONENTIAL_SMOOTHING, Trend::smoothing);
  }

  private RangeFunctions() {}

  static RangeFunction of(Function function) {
    RangeFunction found = ALL.get(function);
    if (found == null) {
      throw new IllegalStateException("no range function: " + function);
    }
    return found;
  }
}
