package io.ghostworks.query.series;

import io.ghostworks.model.TenantId;
import java.util.List;

/**
 * What a store tells those who keep results that were computed from its samples: which times have
 * become quiet, and where something changed all the same. Thread-safe.
 *
 * <p>The protocol: ask {@link #watch} first, then read; what was read of times up to {@link
 * Watch#quietThroughMs} holds until {@link #since}, asked with the watch's sequence, names its
 * times. A change is named at the latest when it is acknowledged.
 */
public interface SampleChanges {

  /** Begins to note changes of a tenant's samples at times that are quiet by now. */
  Watch watch(TenantId tenant);

  /**
   * Where samples of a tenant came, went or were replaced since a watch began. It may name more
   * than that, never less.
   *
   * @param startMs the first time that matters, inclusive
   * @param endMs the last time that matters, inclusive
   * @return ascending, apart from each other, within the times that matter
   */
  List<Times> since(TenantId tenant, Watch watch, long startMs, long endMs);

  /**
   * A moment in the history of a tenant's samples.
   *
   * @param sequence tells the moments of a store apart, ascending; they begin anew with the process
   * @param keptFromMs the time from which on every sample that there is is given as it came: what
   *     is older may be past its retention, or stand in downsampled rows
   * @param quietThroughMs the newest time for which no sample is on its way in the ordinary course
   */
  record Watch(long sequence, long keptFromMs, long quietThroughMs) {}

  /** A range of times, both ends inclusive. */
  record Times(long startMs, long endMs) {
    public Times {
      if (startMs > endMs) {
        throw new IllegalArgumentException(
            "times must not end before they start, got %d to %d".formatted(startMs, endMs));
      }
    }
  }
}
