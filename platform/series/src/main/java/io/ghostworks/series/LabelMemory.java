package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the labels of one more series have room in the head's memory. Labels stay for an hour
 * after the last sample, and no flush gives them back; were they to fill the budget, no sample of
 * any series could be taken. They may therefore take a share of it. Before it is used up, the rest
 * is for tenants that have no more than an even part of all series, so that one tenant's many
 * series do not keep others from theirs. For the holder of the admission lock.
 */
final class LabelMemory {
  private static final Logger log = LoggerFactory.getLogger(LabelMemory.class);
  private static final double SHARE = 0.5;
  private static final double SHARE_FOR_ANY = 0.4;
  private static final long LOG_INTERVAL_MS = 60_000;

  private final Head head;
  private final MemoryBudget memory;
  private long loggedMs = Long.MIN_VALUE / 2;

  LabelMemory(Head head, MemoryBudget memory) {
    this.head = head;
    this.memory = memory;
  }

  boolean hasRoom(int tenant) {
    long held = head.seriesBytes();
    if (held < SHARE_FOR_ANY * memory.limitBytes()) {
      return true;
    }
    return held < limitBytes()
        && head.index().seriesOfTenant(tenant)
            <= head.index().size() / Math.max(1, head.index().tenantsWithSeries());
  }

  /** Why there is no room for a series; also says so in the log, now and then. */
  String refusal(TenantId owner, int tenant, String series, long nowMs) {
    String why =
        "the labels of %d series take %d bytes of the %d that they may have, %d of the series are tenant %s's: new series are refused until others have ended for an hour, or the process has more memory"
            .formatted(
                head.index().size(),
                head.seriesBytes(),
                limitBytes(),
                head.index().seriesOfTenant(tenant),
                owner);
    if (nowMs - loggedMs >= LOG_INTERVAL_MS) {
      loggedMs = nowMs;
      log.warn("series: {}", why);
    }
    return why + "; got " + series;
  }

  private long limitBytes() {
    return (long) (SHARE * memory.limitBytes());
  }
}
