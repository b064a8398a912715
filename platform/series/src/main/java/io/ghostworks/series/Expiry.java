package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.RetentionPolicy.Durations;
import io.ghostworks.series.RetentionPolicy.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which parts hold what retention does not keep any more: whole parts, and parts of which some
 * series only are past it. Used by one thread at a time.
 */
final class Expiry {
  private static final Duration UNBOUNDED = Duration.ofDays(1);
  private static final Comparator<LivePart> NEWEST_FIRST =
      Comparator.<LivePart>comparingLong(live -> live.part.maxTimestampMs())
          .thenComparing(live -> live.file.name())
          .reversed();

  private final RetentionPolicy policy;
  private final Clock clock;
  private final MemoryBudget memory;

  /** When the first series of a part are past their retention, for parts that were looked into. */
  private final Map<Judged, Long> firstDueMs = new HashMap<>();

  Expiry(RetentionPolicy policy, Clock clock, MemoryBudget memory) {
    this.policy = policy;
    this.clock = clock;
    this.memory = memory;
  }

  /**
   * Whether nothing of a part may be seen any more because of its age.
   *
   * @param asStep whether coarser rows that are made of it count as well
   */
  boolean isPast(LivePart live, Map<TenantId, Long> floors, boolean asStep) {
    for (TenantId tenant : live.part.tenants()) {
      if (live.part.maxTimestampMs() >= oldestMs(tenant, live, floors, asStep)) {
        return false;
      }
    }
    return true;
  }

  /** Whether all samples that some series have in a part are past their retention. */
  boolean isPartlyPast(LivePart live, Map<TenantId, Long> floors, boolean asStep) {
    long newestMs = live.part.maxTimestampMs();
    boolean ruled = false;
    for (TenantId tenant : live.part.tenants()) {
      if (newestMs < oldestMs(tenant, live, floors, asStep)) {
        return true;
      }
      long shortest = kept(policy.shortest(tenant), live, asStep);
      ruled |= newestMs < clock.epochMs() - shortest;
    }
    return ruled
        && clock.epochMs()
            > firstDueMs.computeIfAbsent(
                new Judged(live, asStep), judged -> firstDueMs(live, asStep));
  }

  /** The parts that go so that the rest is within the limit of size: the oldest ones. */
  List<LivePart> beyondSize(List<LivePart> all) {
    List<LivePart> beyond = new ArrayList<>();
    if (policy.sizeBytesMax().isPresent()) {
      long left = policy.sizeBytesMax().getAsLong();
      for (LivePart live : all.stream().sorted(NEWEST_FIRST).toList()) {
        left -= live.part.facts().sizeBytes();
        if (left < 0) {
          beyond.add(live);
        }
      }
    }
    return beyond;
  }

  /**
   * The times before which samples of tenants are beyond their limits of size. A tenant's share of
   * a part is that of its series.
   */
  Map<TenantId, Long> floors(List<LivePart> all) {
    if (policy.tenantBytesMax().isEmpty()) {
      return Map.of();
    }
    Map<TenantId, Long> left = new HashMap<>(policy.tenantBytesMax());
    Map<TenantId, Long> floors = new HashMap<>();
    for (LivePart live : all.stream().sorted(NEWEST_FIRST).toList()) {
      for (TenantId tenant : live.part.tenants()) {
        if (left.containsKey(tenant) && !floors.containsKey(tenant)) {
          long rest = left.merge(tenant, -shareBytes(live, tenant), Long::sum);
          if (rest < 0) {
            floors.put(tenant, live.part.maxTimestampMs() + 1);
          }
        }
      }
    }
    return floors;
  }

  /** Forgets parts that are not live any more. */
  void retain(List<LivePart> all) {
    Set<LivePart> live = new HashSet<>(all);
    firstDueMs.keySet().removeIf(judged -> !live.contains(judged.part));
  }

  private long oldestMs(
      TenantId tenant, LivePart live, Map<TenantId, Long> floors, boolean asStep) {
    return Math.max(
        floors.getOrDefault(tenant, Long.MIN_VALUE),
        clock.epochMs() - kept(policy.longest(tenant), live, asStep));
  }

  private static long kept(Durations keep, LivePart live, boolean asStep) {
    long resolutionMs = live.part.resolutionMs();
    Duration kept = asStep ? keep.longestFrom(resolutionMs) : keep.ofResolution(resolutionMs);
    return kept.toMillis();
  }

  private static long shareBytes(LivePart live, TenantId tenant) {
    long series = Math.max(1, live.part.facts().series());
    return live.part.facts().sizeBytes() * live.part.series(tenant) / series;
  }

  private long firstDueMs(LivePart live, boolean asStep) {
    long due = Long.MAX_VALUE;
    for (TenantId tenant : live.part.tenants()) {
      try (QueryContext context =
          new QueryContext(tenant, clock, UNBOUNDED, memory, Long.MAX_VALUE)) {
        due = Math.min(due, firstDueMs(live, asStep, tenant, context));
      }
    }
    return due;
  }

  private long firstDueMs(LivePart live, boolean asStep, TenantId tenant, QueryContext context) {
    long newestMs = live.part.maxTimestampMs();
    long due = Long.MAX_VALUE;
    RoaringBitmap decided = new RoaringBitmap();
    for (Rule rule : policy.rulesOf(tenant)) {
      RoaringBitmap matching = live.part.select(tenant, rule.matchers(), context);
      matching.andNot(decided);
      if (!matching.isEmpty()) {
        due = Math.min(due, newestMs + kept(rule.keep(), live, asStep));
        decided.or(matching);
      }
    }
    if (decided.getCardinality() < live.part.series(tenant)) {
      due = Math.min(due, newestMs + kept(policy.standard(), live, asStep));
    }
    return due;
  }

  private record Judged(LivePart part, boolean asStep) {}
}
