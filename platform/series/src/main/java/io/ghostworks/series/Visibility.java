package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import io.ghostworks.series.select.LayerMasks;
import io.ghostworks.series.select.SeriesLayer;
import io.ghostworks.series.select.SeriesMask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What may be seen at one moment: nothing past its retention, and nothing that was deleted. The one
 * place that decides it, for reads and for merges. Safe for use by many threads.
 *
 * @param floors times before which a tenant's samples are hidden because it is over its size
 */
record Visibility(
    RetentionPolicy policy, Tombstones tombstones, Map<TenantId, Long> floors, long nowMs)
    implements LayerMasks {

  /** What may be seen whatever its age. */
  static Visibility ofDeletes(Tombstones tombstones) {
    return new Visibility(RetentionPolicy.defaults(), tombstones, Map.of(), Long.MIN_VALUE / 2);
  }

  /** The oldest time at which a tenant may have a visible sample in layers of a resolution. */
  long floorMs(TenantId tenant, long resolutionMs) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.longest(tenant).ofResolution(resolutionMs).toMillis());
  }

  /** The time from which on no raw sample of a tenant is past its retention. */
  long highestFloorMs(TenantId tenant) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.shortest(tenant).raw().toMillis());
  }

  /** The oldest time at which a series may have a visible raw sample. */
  long floorMs(TenantId tenant, Labels series) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        nowMs - policy.of(tenant, series).raw().toMillis());
  }

  @Override
  public @Nullable SeriesMask of(TenantId tenant, SeriesLayer layer) {
    List<Tombstone> hiding = tombstones.of(tenant, layer);
    long resolutionMs = layer.resolutionMs();
    long shortest = nowMs - policy.shortest(tenant).ofResolution(resolutionMs).toMillis();
    long sizeFloor = floors.getOrDefault(tenant, Long.MIN_VALUE);
    if (hiding.isEmpty() && layer.minTimestampMs() >= Math.max(shortest, sizeFloor)) {
      return null;
    }
    return new Mask(
        hiding, policy.rulesOf(tenant), policy.standard(), resolutionMs, sizeFloor, nowMs);
  }

  /** The rules and tombstones that concern one tenant in one layer. */
  private record Mask(
      List<Tombstone> hiding,
      List<Rule> rules,
      Durations standard,
      long resolutionMs,
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
      return nowMs - keep.ofResolution(resolutionMs).toMillis();
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
