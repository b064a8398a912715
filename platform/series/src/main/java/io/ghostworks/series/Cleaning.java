package io.ghostworks.series;

import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.head.HeadLayer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which parts hold samples that were deleted, and which deletes are done since none does. Used by
 * one thread at a time.
 */
final class Cleaning {
  /** How long deletes are gathered before parts are rewritten for them. */
  static final Duration GATHERING = Duration.ofHours(1);

  private static final Duration UNBOUNDED = Duration.ofDays(1);

  private final Clock clock;
  private final MemoryBudget memory;

  /** Parts in which a delete, by its sequence, was found to hide nothing. */
  private final Map<LivePart, Set<Long>> innocent = new HashMap<>();

  Cleaning(Clock clock, MemoryBudget memory) {
    this.clock = clock;
    this.memory = memory;
  }

  /**
   * A part that is to be rewritten, or null.
   *
   * @param atOnce whether deletes count that are still being gathered
   * @param leftAlone parts that cannot be rewritten
   */
  @Nullable LivePart next(LiveLayers.Layers layers, boolean atOnce, Set<LivePart> leftAlone) {
    innocent.keySet().retainAll(layers.parts());
    for (Tombstone tombstone : layers.tombstones().all()) {
      if (atOnce || isGathered(tombstone)) {
        for (LivePart live : layers.parts()) {
          if (!leftAlone.contains(live) && hides(tombstone, live)) {
            return live;
          }
        }
      }
    }
    return null;
  }

  private boolean isGathered(Tombstone tombstone) {
    return tombstone.createdMs() + GATHERING.toMillis() <= clock.epochMs();
  }

  /** The deletes that hide nothing in any layer; see {@link #next}. */
  List<Tombstone> done(LiveLayers.Layers layers, boolean atOnce) {
    List<Tombstone> done = new ArrayList<>();
    for (Tombstone tombstone : layers.tombstones().all()) {
      if ((atOnce || isGathered(tombstone))
          && !hidesInMemory(tombstone, layers)
          && layers.parts().stream().noneMatch(live -> hides(tombstone, live))) {
        done.add(tombstone);
      }
    }
    return done;
  }

  private static boolean hidesInMemory(Tombstone tombstone, LiveLayers.Layers layers) {
    for (HeadLayer frozen : layers.frozen()) {
      if (frozen.throughSequence() < tombstone.sequence()) {
        return true;
      }
    }
    return false;
  }

  private boolean hides(Tombstone tombstone, LivePart live) {
    if (live.part.throughSequence() >= tombstone.sequence()
        || !tombstone.overlaps(live.part.minTimestampMs(), live.part.maxTimestampMs())
        || live.part.series(tombstone.tenant()) == 0) {
      return false;
    }
    Set<Long> known = innocent.computeIfAbsent(live, part -> new HashSet<>());
    if (known.contains(tombstone.sequence())) {
      return false;
    }
    try (QueryContext context =
        new QueryContext(tombstone.tenant(), clock, UNBOUNDED, memory, Long.MAX_VALUE)) {
      if (!live.part.select(tombstone.tenant(), tombstone.matchers(), context).isEmpty()) {
        return true;
      }
    }
    known.add(tombstone.sequence());
    return false;
  }
}
