package io.ghostworks.promql.eval;

import io.ghostworks.promql.ast.Function;
import org.jspecify.annotations.Nullable;

/**
 * Range functions over series of floats alone, all steps at once, with the bits that {@link Rate}
 * and {@link OverTime} give step by step. One object serves one thread.
 */
abstract class FloatWindows {

  /**
   * Computes all steps.
   *
   * @param values as many as the plan has times
   * @param result where steps without a result are left as they are
   */
  abstract void fill(WindowPlan plan, double[] values, int size, double[] result);

  /** What computes a function over a range, or null where it is computed step by step. */
  static @Nullable FloatWindows of(Function function, long rangeMs, WorkMeter work) {
    return switch (function) {
      case RATE -> new FloatRates(true, RangeStep.seconds(rangeMs));
      case INCREASE -> new FloatRates(true, 0);
      case DELTA -> new FloatRates(false, 0);
      case SUM_OVER_TIME -> new FloatSums(false, work);
      case AVG_OVER_TIME -> new FloatSums(true, work);
      case MAX_OVER_TIME -> new FloatExtremes(true);
      case MIN_OVER_TIME -> new FloatExtremes(false);
      case COUNT_OVER_TIME -> new Picks(Pick.COUNT);
      case LAST_OVER_TIME -> new Picks(Pick.LAST);
      case FIRST_OVER_TIME -> new Picks(Pick.FIRST);
      case PRESENT_OVER_TIME -> new Picks(Pick.PRESENT);
      default -> null;
    };
  }

  /** Whether a function reads what a plan knows for rates. */
  static boolean extrapolates(Function function) {
    return switch (function) {
      case RATE, INCREASE, DELTA -> true;
      default -> false;
    };
  }

  private enum Pick {
    COUNT,
    LAST,
    FIRST,
    PRESENT
  }

  /** Functions that look at one sample, or at none. */
  private static final class Picks extends FloatWindows {
    private final Pick pick;

    Picks(Pick pick) {
      this.pick = pick;
    }

    @Override
    void fill(WindowPlan plan, double[] values, int size, double[] result) {
      for (int step = 0; step < result.length; step++) {
        int from = plan.from[step];
        int to = plan.to[step];
        if (from < to) {
          result[step] =
              switch (pick) {
                case COUNT -> to - from;
                case LAST -> values[to - 1];
                case FIRST -> values[from];
                case PRESENT -> 1;
              };
        }
      }
    }
  }
}
