package io.ghostworks.series;

import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.head.HeadLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which downsampled rows are to be made next: those of one UTC day and one resolution. A day gets
 * rows of 5 minutes from its raw parts once it is over and nothing of it is in memory, and rows of
 * an hour from those. A part that they were not made of is news: the day is made again, whatever
 * brought the part, late samples, a delete or a merge.
 *
 * @param resolutionMs of the rows to be made
 * @param sources all parts of the day of the next finer resolution
 * @param standing the rows that the day has already, or null
 */
record LevelPlan(long day, int resolutionMs, List<LivePart> sources, @Nullable LivePart standing) {
  static final int FIVE_MINUTES_MS = 300_000;
  static final int HOUR_MS = 3_600_000;

  /** From fine to coarse. */
  static final List<Integer> RESOLUTIONS_MS = List.of(FIVE_MINUTES_MS, HOUR_MS);

  /** How long after its end late samples of a day are expected. */
  private static final long SETTLING_MS = 3_600_000;

  LevelPlan {
    sources = List.copyOf(sources);
  }

  /** The numbers of the files that the rows are made of. */
  List<Long> builtFrom() {
    return sources.stream().map(LivePart::number).sorted().toList();
  }

  /**
   * The next plan, or null where all rows are made.
   *
   * @param wanted tells plans that need not be tried
   */
  static @Nullable LevelPlan next(Layers layers, long nowMs, Predicate<LevelPlan> wanted) {
    for (Map.Entry<Long, List<LivePart>> ofDay : byDay(layers).entrySet()) {
      long day = ofDay.getKey();
      if ((day + 1) * LivePart.DAY_MS + SETTLING_MS > nowMs || isInMemory(layers, day)) {
        continue;
      }
      int finer = 0;
      for (int resolutionMs : RESOLUTIONS_MS) {
        LevelPlan plan = of(day, resolutionMs, finer, ofDay.getValue());
        if (plan.isDue() && wanted.test(plan)) {
          return plan;
        }
        finer = resolutionMs;
      }
    }
    return null;
  }

  /** The plans that must be carried out before a part may go. */
  static List<LevelPlan> before(Layers layers, LivePart part) {
    List<LivePart> ofDay = ofDay(layers, part.day());
    List<LevelPlan> due = new ArrayList<>();
    int finer = 0;
    for (int resolutionMs : RESOLUTIONS_MS) {
      LevelPlan plan = of(part.day(), resolutionMs, finer, ofDay);
      if (part.part.resolutionMs() <= finer && plan.isDue()) {
        due.add(plan);
      }
      finer = resolutionMs;
    }
    return due;
  }

  /** Whether rows of a day know all that the finer parts of the day hold, and the head. */
  static boolean isCurrent(Layers layers, LivePart rows) {
    List<LivePart> ofDay = ofDay(layers, rows.day());
    int finer = 0;
    for (int resolutionMs : RESOLUTIONS_MS) {
      if (resolutionMs <= rows.part.resolutionMs()
          && of(rows.day(), resolutionMs, finer, ofDay).isDue()) {
        return false;
      }
      finer = resolutionMs;
    }
    return !isInMemory(layers, rows.day());
  }

  private static List<LivePart> ofDay(Layers layers, long day) {
    return layers.parts().stream().filter(part -> part.day() == day).toList();
  }

  private boolean isDue() {
    LivePart made = standing;
    return !sources.isEmpty()
        && (made == null || !made.part.facts().builtFrom().containsAll(builtFrom()));
  }

  private static LevelPlan of(long day, int resolutionMs, int finer, List<LivePart> ofDay) {
    List<LivePart> sources = new ArrayList<>();
    LivePart standing = null;
    for (LivePart part : ofDay) {
      if (part.part.resolutionMs() == finer) {
        sources.add(part);
      } else if (part.part.resolutionMs() == resolutionMs) {
        standing = part;
      }
    }
    return new LevelPlan(day, resolutionMs, sources, standing);
  }

  private static Map<Long, List<LivePart>> byDay(Layers layers) {
    Map<Long, List<LivePart>> byDay = new TreeMap<>();
    for (LivePart part : layers.parts()) {
      byDay.computeIfAbsent(part.day(), day -> new ArrayList<>()).add(part);
    }
    return byDay;
  }

  private static boolean isInMemory(Layers layers, long day) {
    long startMs = day * LivePart.DAY_MS;
    long endMs = startMs + LivePart.DAY_MS - 1;
    if (layers.active().overlaps(startMs, endMs)) {
      return true;
    }
    for (HeadLayer layer : layers.frozen()) {
      if (layer.overlaps(startMs, endMs)) {
        return true;
      }
    }
    return false;
  }
}
