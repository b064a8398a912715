package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import io.ghostworks.series.select.LayerMasks;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.SeriesMask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What may be seen at one moment: nothing past its retention, and nothing that was deleted. The one
 * place that decides it, for reads and for merges. Safe for use by many threads.
 *
 * @param floors times before which a tenant's samples are hidden because it is over its size
 * @param rowsMs the resolution of the rows that are to be made of what is seen; 0 to judge each
 *     layer by its own retention
 */
record Visibility(
    RetentionPolicy policy,
    Tombstones tombstones,
    Map<TenantId, Long> floors,
    long nowMs,
    long rowsMs)
    implements LayerMasks {

  /** What may be seen whatever its age. */
  static Visibility ofDeletes(Tombstones tombstones) {
    return new Visibility(RetentionPolicy.defaults(), tombstones, Map.of(), Long.MIN_VALUE / 2, 0);
  }

  /**
   * What rows of a resolution are made of: samples and finer rows that are too old to be seen may
   * still become rows that are kept for longer, or coarser ones.
   */
  Visibility asRowsOf(long resolutionMs) {
    return new Visibility(policy, tombstones, floors, nowMs, resolutionMs);
  }

  /** The oldest time at which a tenant may have a visible sample in layers of a resolution. */
  long floorMs(TenantId tenant, long resolutionMs) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.longest(tenant).ofResolution(resolutionMs).toMillis());
  }

  /**
   * The time from which on nothing of a tenant is past its retention in layers of a resolution, 0
   * for raw samples.
   */
  long highestFloorMs(TenantId tenant, long resolutionMs) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.shortest(tenant).ofResolution(resolutionMs).toMillis());
  }

  /** The oldest time at which a series may have a visible sample in layers of a resolution. */
  long floorMs(TenantId tenant, Labels series, long resolutionMs) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.of(tenant, series).ofResolution(resolutionMs).toMillis());
  }

  @Override
  public @Nullable SeriesMask of(TenantId tenant, SeriesLayer layer) {
    List<Tombstone> hiding = tombstones.of(tenant, layer);
    Function<Durations, Duration> kept =
        rowsMs == 0
            ? keep -> keep.ofResolution(layer.resolutionMs())
            : keep -> keep.longestFrom(rowsMs);
    long shortest = nowMs - kept.apply(policy.shortest(tenant)).toMillis();
    long sizeFloor = floors.getOrDefault(tenant, Long.MIN_VALUE);
    if (hiding.isEmpty() && layer.minTimestampMs() >= Math.max(shortest, sizeFloor)) {
      return null;
    }
    return new Mask(hiding, policy.rulesOf(tenant), policy.standard(), kept, sizeFloor, nowMs);
  }

  /** The rules and tombstones that concern one tenant in one layer. */
  private record Mask(
      List<Tombstone> hiding,
      List<Rule> rules,
      Durations standard,
      Function<Durations, Duration> kept,
      long sizeFloorMs,
      long nowMs)
      implements SeriesMask {

    @Override
    public void visible(Labels series, long startMs, long endMs, Ranges target) {
      long from = Math.max(startMs, Math.max(sizeFloorMs, floorMs(series)));
      List<Tombstone> cutting = null;
      for (Tombstone tombstone : hiding) {
        if (tombstone.overlaps(from, endMs) && Selectors.matches(series, tombstone.matchers())) {
          cutting = cutting == null ? new ArrayList<>() : cutting;
          cutting.add(tombstone);
        }
      }
      if (cutting != null) {
        cut(cutting, from, endMs, target);
      } else if (from <= endMs) {
        target.add(from, endMs);
      }
    }

    private long floorMs(Labels series) {
      Durations keep = standard;
      for (Rule rule : rules) {
        if (Selectors.matches(series, rule.matchers())) {
          keep = rule.keep();
          break;
        }
      }
      return nowMs - kept.apply(keep).toMillis();
    }

    private static void cut(List<Tombstone> cutting, long startMs, long endMs, Ranges target) {
      cutting.sort((left, right) -> Long.compare(left.startMs(), right.startMs()));
      long from = startMs;
      for (Tombstone tombstone : cutting) {
        if (tombstone.startMs() > from) {
          target.add(from, tombstone.startMs() - 1);
        }
        if (tombstone.endMs() >= endMs) {
          return;
        }
        from = Math.max(from, tombstone.endMs() + 1);
      }
      target.add(from, endMs);
    }
  }
}
