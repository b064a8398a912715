package io.ghostworks.series.select;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.query.QueryContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A place that holds series of tenants with samples: the head or a part. Safe for use by many
 * threads; damage comes as {@link java.io.UncheckedIOException}.
 */
public interface SeriesLayer {
  /** The time of the oldest sample; above {@link #maxTimestampMs} where there is none. */
  long minTimestampMs();

  /** The time of the newest sample. */
  long maxTimestampMs();

  /**
   * What the numbers of series mean: layers with the same object have the same series under the
   * same numbers. Compared by identity; does not keep the layer.
   */
  Object generation();

  /** How many series the generation has so far; numbers that were given stay. */
  int generationSize();

  /**
   * The numbers of a tenant's series that fulfil all matchers; the caller may change the answer.
   */
  RoaringBitmap select(TenantId tenant, List<LabelMatcher> matchers, QueryContext context);

  /** The labels of series, sorted. */
  SelectedSeries resolve(RoaringBitmap numbers, TextPool pool, QueryContext context);

  /** A reader for one thread. */
  LayerReader reader();

  /** The labels of a tenant, or null where the layer has nothing of it. */
  @Nullable LabelIndex labels(TenantId tenant);

  /**
   * The last frame of the journal whose rows it may hold: what a later frame deletes is hidden
   * here. A layer that takes rows answers {@code Long.MAX_VALUE}, as what it holds came after all
   * deletes.
   */
  default long throughSequence() {
    return Long.MAX_VALUE;
  }

  /** The distance of downsampled rows, or 0 for samples as they came. */
  default long resolutionMs() {
    return 0;
  }

  /** Whether the layer may have samples in a range. */
  default boolean overlaps(long startMs, long endMs) {
    return minTimestampMs() <= endMs && maxTimestampMs() >= startMs;
  }
}
