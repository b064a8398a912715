package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.select.SeriesLayer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers that a read of one tenant needs: those of samples, and those of downsampled rows for
 * days whose samples may be gone, or whose rows the read prefers. Most reads need no rows.
 *
 * @param samples oldest first
 * @param levels oldest first
 * @param preferred those of the levels that answer instead of samples
 */
record LevelSelection(
    List<SeriesLayer> samples, List<LivePart> levels, Collection<LivePart> preferred) {

  /**
   * Chooses layers.
   *
   * @param resolutionMs the coarsest resolution that is preferred to samples, or 0
   */
  static LevelSelection of(
      Layers layers,
      Visibility visibility,
      TenantId tenant,
      long startMs,
      long endMs,
      long resolutionMs) {
    long fromMs = Math.max(startMs, visibility.floorMs(tenant, 0));
    List<LivePart> found = layers.levels(rowsFromMs(startMs, LevelPlan.HOUR_MS), endMs);
    if (found.isEmpty()) {
      return new LevelSelection(layers.overlapping(fromMs, endMs), found, Set.of());
    }
    Map<Long, LivePart> preferred = preferred(layers, found, resolutionMs);
    Set<Long> complete = complete(layers, found, visibility, tenant);
    List<LivePart> needed = new ArrayList<>();
    Set<Long> withoutSamples = new HashSet<>();
    for (LivePart level : found) {
      LivePart instead = preferred.get(level.day());
      if (instead != null && isWhole(instead, visibility, tenant)) {
        withoutSamples.add(level.day());
        if (instead == level) {
          needed.add(level);
        }
      } else if (instead != null || !complete.contains(level.day())) {
        needed.add(level);
      }
    }
    if (needed.isEmpty()) {
      return new LevelSelection(layers.overlapping(fromMs, endMs), needed, Set.of());
    }
    return new LevelSelection(
        samples(layers, needed, withoutSamples, fromMs, endMs),
        needed,
        Set.copyOf(preferred.values()));
  }

  /** All of them, those of samples first, with what may be seen of them. */
  List<VisibleLayer> visible(Visibility visibility, TenantId tenant) {
    List<VisibleLayer> visible = new ArrayList<>(samples.size() + levels.size());
    for (SeriesLayer layer : samples) {
      visible.add(new VisibleLayer(layer, visibility.of(tenant, layer)));
    }
    for (LivePart level : levels) {
      visible.add(new VisibleLayer(level.part, visibility.of(tenant, level.part)));
    }
    return visible;
  }

  /** The time from which on a read also needs rows whose windows reach into it. */
  static long rowsFromMs(long startMs, long resolutionMs) {
    return Math.max(startMs, Long.MIN_VALUE / 2) - 2 * resolutionMs;
  }

  /** The rows that are preferred to samples, by day; they know all samples of it. */
  private static Map<Long, LivePart> preferred(
      Layers layers, List<LivePart> found, long resolutionMs) {
    Map<Long, LivePart> preferred = new HashMap<>();
    for (LivePart level : found) {
      long ofLevel = level.part.resolutionMs();
      LivePart other = preferred.get(level.day());
      if (ofLevel <= resolutionMs
          && (other == null || other.part.resolutionMs() < ofLevel)
          && LevelPlan.isCurrent(layers, level)) {
        preferred.put(level.day(), level);
      }
    }
    return preferred;
  }

  /** Whether none of the rows is past its retention, whatever the series. */
  private static boolean isWhole(LivePart level, Visibility visibility, TenantId tenant) {
    return level.day() * LivePart.DAY_MS
        >= visibility.highestFloorMs(tenant, level.part.resolutionMs());
  }

  /** The days of which no sample can be gone, so that rows add nothing. */
  private static Set<Long> complete(
      Layers layers, List<LivePart> found, Visibility visibility, TenantId tenant) {
    long floorMs = visibility.highestFloorMs(tenant, 0);
    Map<Long, Long> rowSeries = new HashMap<>();
    for (LivePart level : found) {
      rowSeries.merge(level.day(), level.part.facts().series(), Math::max);
    }
    Set<Long> complete = new HashSet<>();
    for (LivePart part : layers.parts()) {
      long day = part.day();
      if (part.isRaw()
          && day * LivePart.DAY_MS >= floorMs
          && part.part.facts().series() >= rowSeries.getOrDefault(day, Long.MAX_VALUE)) {
        complete.add(day);
      }
    }
    return complete;
  }

  /**
   * The layers of samples. Whether a series has any on a day decides about its rows of that day, so
   * that the whole days of rows are looked at.
   */
  private static List<SeriesLayer> samples(
      Layers layers, List<LivePart> levels, Set<Long> withoutSamples, long fromMs, long endMs) {
    long firstMs = levels.getFirst().day() * LivePart.DAY_MS;
    long lastMs = (levels.getLast().day() + 1) * LivePart.DAY_MS - 1;
    List<SeriesLayer> samples = new ArrayList<>();
    for (LivePart part : layers.parts()) {
      if (part.isRaw()
          && !withoutSamples.contains(part.day())
          && part.part.overlaps(Math.min(fromMs, firstMs), Math.max(endMs, lastMs))) {
        samples.add(part.part);
      }
    }
    layers.frozen().forEach(samples::add);
    samples.add(layers.active());
    return samples;
  }
}
