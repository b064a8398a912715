package io.ghostworks.promql.cache;

import io.ghostworks.query.series.SampleChanges.Times;
import io.ghostworks.query.series.SampleChanges.Watch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a query may be kept, or are still right.
 *
 * @param reach of the query
 */
record Validity(StepReach reach) {

  /** A run of steps, by their times; both ends inclusive. */
  record Run(long firstMs, long lastMs) {
    /** How much of it lies in another one. */
    long overlapMs(Run other) {
      return Math.min(lastMs, other.lastMs) - Math.max(firstMs, other.firstMs);
    }

    boolean contains(Run other) {
      return firstMs <= other.firstMs && lastMs >= other.lastMs;
    }
  }

  /** The steps among some that depend on quiet samples alone; null where there are none. */
  @Nullable Run quiet(Run steps, long stepMs, Watch watch) {
    if (reach.hasFixed()
        && (reach.fixedFromMs() < watch.keptFromMs()
            || reach.fixedThroughMs() > watch.quietThroughMs())) {
      return null;
    }
    long firstMs = atOrAfter(watch.keptFromMs() - reach.fromMs(), steps, stepMs);
    long lastMs = atOrBefore(watch.quietThroughMs() - reach.throughMs(), steps, stepMs);
    return firstMs <= lastMs ? new Run(firstMs, lastMs) : null;
  }

  /** All times of samples that steps depend on. */
  Times samples(Run steps) {
    long fromMs = steps.firstMs + reach.fromMs();
    long throughMs = steps.lastMs + reach.throughMs();
    return reach.hasFixed()
        ? new Times(
            Math.min(fromMs, reach.fixedFromMs()), Math.max(throughMs, reach.fixedThroughMs()))
        : new Times(fromMs, throughMs);
  }

  /**
   * The run of steps that no change concerns which has most of what is asked for; null where no run
   * has any.
   *
   * @param changes ascending
   */
  @Nullable Run unchanged(Run steps, long stepMs, List<Times> changes, Run asked) {
    Run best = null;
    long nextMs = steps.firstMs;
    for (Times change : changes) {
      if (reach.hasFixed()
          && change.startMs() <= reach.fixedThroughMs()
          && change.endMs() >= reach.fixedFromMs()) {
        return null;
      }
      long firstHitMs = atOrAfter(change.startMs() - reach.throughMs(), steps, stepMs);
      long lastHitMs = atOrBefore(change.endMs() - reach.fromMs(), steps, stepMs);
      if (firstHitMs <= lastHitMs) {
        best = better(best, nextMs, firstHitMs - stepMs, asked);
        nextMs = Math.max(nextMs, lastHitMs + stepMs);
      }
    }
    return better(best, nextMs, steps.lastMs, asked);
  }

  private static @Nullable Run better(@Nullable Run best, long firstMs, long lastMs, Run asked) {
    if (firstMs > lastMs) {
      return best;
    }
    Run run = new Run(firstMs, lastMs);
    long overlapMs = run.overlapMs(asked);
    return overlapMs >= 0 && (best == null || overlapMs > best.overlapMs(asked)) ? run : best;
  }

  /** The first of some steps at or after a time; one step after the last where there is none. */
  private static long atOrAfter(long timeMs, Run steps, long stepMs) {
    if (timeMs <= steps.firstMs) {
      return steps.firstMs;
    }
    return timeMs > steps.lastMs
        ? steps.lastMs + stepMs
        : steps.firstMs + (timeMs - steps.firstMs + stepMs - 1) / stepMs * stepMs;
  }

  /** The last of some steps at or before a time; one step before the first where there is none. */
  private static long atOrBefore(long timeMs, Run steps, long stepMs) {
    if (timeMs >= steps.lastMs) {
      return steps.lastMs;
    }
    return timeMs < steps.firstMs
        ? steps.firstMs - stepMs
        : steps.firstMs + (timeMs - steps.firstMs) / stepMs * stepMs;
  }
}
