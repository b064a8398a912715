package io.ghostworks.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which parts are to become one. Parts are of one UTC day, and merges never cross it. Four of one
 * level become one of the next, so that a day has a bounded number and each sample is rewritten a
 * few times; a day that is over becomes a single part, once, and again when late samples have left
 * many beside it.
 *
 * @param level of the part to be made
 */
record MergePlan(List<LivePart> sources, int level) {
  /** The level of a part that holds a day that is over. */
  static final int WHOLE_DAY = 9;

  private static final int FANOUT = 4;

  /** The most parts that are open for one merge. */
  private static final int SOURCES_MAX = 32;

  private static final int BESIDE_WHOLE_DAY_MAX = 7;
  private static final long DAY_MS = 86_400_000;

  /** How long after its end late samples of a day are expected. */
  private static final long SETTLING_MS = 3_600_000;

  /** The next merge, or null where there is none to do. */
  static @Nullable MergePlan next(List<LivePart> parts, long nowMs) {
    Map<Long, List<LivePart>> byDay = new TreeMap<>();
    for (LivePart part : parts) {
      byDay
          .computeIfAbsent(
              Math.floorDiv(part.part.minTimestampMs(), DAY_MS), day -> new ArrayList<>())
          .add(part);
    }
    for (Map.Entry<Long, List<LivePart>> day : byDay.entrySet()) {
      boolean over = (day.getKey() + 1) * DAY_MS + SETTLING_MS <= nowMs;
      MergePlan plan = over ? ofDayThatIsOver(day.getValue()) : null;
      if (plan == null) {
        plan = ofOneLevel(day.getValue());
      }
      if (plan != null) {
        return plan;
      }
    }
    return null;
  }

  private static @Nullable MergePlan ofDayThatIsOver(List<LivePart> parts) {
    boolean hasWhole = parts.stream().anyMatch(part -> part.file.level() == WHOLE_DAY);
    int others = parts.size() - (hasWhole ? 1 : 0);
    boolean due = hasWhole ? others > BESIDE_WHOLE_DAY_MAX : others > 1;
    // Too many at once: the levels make them fewer first.
    return due && parts.size() <= SOURCES_MAX ? new MergePlan(parts, WHOLE_DAY) : null;
  }

  private static @Nullable MergePlan ofOneLevel(List<LivePart> parts) {
    Map<Integer, List<LivePart>> byLevel = new TreeMap<>();
    for (LivePart part : parts) {
      byLevel.computeIfAbsent(part.file.level(), level -> new ArrayList<>()).add(part);
    }
    for (Map.Entry<Integer, List<LivePart>> level : byLevel.entrySet()) {
      List<LivePart> sources = level.getValue();
      if (sources.size() >= FANOUT && level.getKey() < WHOLE_DAY - 1) {
        return new MergePlan(
            sources.subList(0, Math.min(sources.size(), SOURCES_MAX)), level.getKey() + 1);
      }
    }
    return null;
  }
}
