package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.select.LabelIndex;
import io.ghostworks.series.select.MatcherPostings;
import java.time.Duration;
import org.roaringbitmap.RoaringBitmap;

/**
 * Makes deletes visible, each when its frame's turn comes: what the head holds then is ended, so
 * that rows of later frames stand in another layer and stay visible.
 */
final class Deletes {
  private static final Duration UNBOUNDED = Duration.ofDays(1);

  private final Clock clock;
  private final Head head;
  private final LiveLayers live;
  private final ExemplarStore exemplars;
  private final Head.Exchange exchange;
  private final MemoryBudget memory;
  private final ChangedTimes changes;

  Deletes(
      Clock clock,
      Head head,
      LiveLayers live,
      ExemplarStore exemplars,
      Head.Exchange exchange,
      MemoryBudget memory,
      ChangedTimes changes) {
    this.clock = clock;
    this.head = head;
    this.live = live;
    this.exemplars = exemplars;
    this.exchange = exchange;
    this.memory = memory;
    this.changes = changes;
  }

  /** Hides what a frame deletes; the same again changes nothing. */
  void apply(Tombstone tombstone) {
    exemplars.remove(
        tombstone.tenant(), tombstone.matchers(), tombstone.startMs(), tombstone.endMs());
    HeadLayer active = live.current().active();
    if (active.overlaps(tombstone.startMs(), tombstone.endMs())
        && !selected(active, tombstone).isEmpty()) {
      head.freeze(Integer.MIN_VALUE, exchange);
    }
    live.replace(layers -> layers.withTombstones(layers.tombstones().with(tombstone)));
    changes.changed(tombstone.tenant(), tombstone.startMs(), tombstone.endMs());
    forgetNewest(tombstone);
    head.applied(tombstone.sequence());
  }

  /** Admission compares later rows with what is left, not with what was deleted. */
  private void forgetNewest(Tombstone tombstone) {
    head.admissionLock().lock();
    try {
      head.forgetNewest(selected(head.layer(), tombstone), tombstone.startMs(), tombstone.endMs());
    } finally {
      head.admissionLock().unlock();
    }
  }

  private RoaringBitmap selected(HeadLayer layer, Tombstone tombstone) {
    LabelIndex labels = layer.labels(tombstone.tenant());
    if (labels == null) {
      return new RoaringBitmap();
    }
    try (QueryContext context = context(tombstone.tenant())) {
      return MatcherPostings.select(labels, tombstone.matchers(), context);
    }
  }

  private QueryContext context(TenantId tenant) {
    return new QueryContext(tenant, clock, UNBOUNDED, memory, Long.MAX_VALUE);
  }
}
