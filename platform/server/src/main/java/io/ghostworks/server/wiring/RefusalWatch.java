package io.ghostworks.server.wiring;

import io.ghostworks.journal.FrameSetAsideException;
import io.ghostworks.journal.JournalUnavailableException;
import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.rules.Hold;
import io.ghostworks.runtime.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers whose samples were refused or lost lately, and why: that tenant's alerts keep their
 * state meanwhile. Thread-safe.
 */
final class RefusalWatch {

  /** Senders try again within this time, or have given up. */
  private static final Duration REFUSED = Duration.ofMinutes(2);

  /** As long as an instant selector looks back: then newer samples stand for what is lost. */
  private static final Duration LOST = Duration.ofMinutes(5);

  private static final int TENANTS_MAX = 10_000;

  private final Clock clock;
  private final Map<TenantId, Gap> gaps = new ConcurrentHashMap<>();
  private volatile @Nullable Gap everybodys;

  private record Gap(Hold hold, long untilNanos) {}

  RefusalWatch(Clock clock) {
    this.clock = clock;
  }

  /** The same sink, watched. */
  <B> TelemetrySink<B> watched(TelemetrySink<B> sink) {
    return (tenant, batch) ->
        sink.offer(tenant, batch)
            .whenComplete((acknowledged, failure) -> {
              if (failure != null) {
                note(tenant, failure);
              }
            });
  }

  /** Notes samples that are lost, nobody knows whose. */
  void lost(String description) {
    everybodys = gap(Hold.Reason.LOST, description, LOST);
  }

  private void note(TenantId tenant, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof FrameSetAsideException) {
      note(tenant, gap(Hold.Reason.LOST, String.valueOf(cause.getMessage()), LOST));
    } else if (cause instanceof OverloadedException) {
      Hold.Reason reason =
          cause.getCause() instanceof JournalUnavailableException
              ? Hold.Reason.WRITE_FAILED
              : Hold.Reason.REFUSED;
      note(tenant, gap(reason, String.valueOf(cause.getMessage()), REFUSED));
    }
  }

  private void note(TenantId tenant, Gap gap) {
    if (gaps.size() >= TENANTS_MAX) {
      gaps.values().removeIf(this::isOver);
    }
    if (gaps.size() < TENANTS_MAX || gaps.containsKey(tenant)) {
      gaps.merge(tenant, gap, (a, b) -> a.untilNanos - b.untilNanos > 0 ? a : b);
    }
  }

  private Gap gap(Hold.Reason reason, String description, Duration remembered) {
    return new Gap(new Hold(reason, description), clock.monotonicNanos() + remembered.toNanos());
  }

  private boolean isOver(Gap gap) {
    return clock.monotonicNanos() - gap.untilNanos > 0;
  }

  /** Why the tenant's data are not whole; empty if they are. */
  Optional<Hold> find(TenantId tenant) {
    Gap own = gaps.get(tenant);
    if (own != null && isOver(own)) {
      gaps.remove(tenant, own);
      own = null;
    }
    return Optional.ofNullable(own == null ? everybodys : own)
        .filter(gap -> !isOver(gap))
        .map(Gap::hold);
  }
}
