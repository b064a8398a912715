package io.ghostworks.series;

import io.ghostworks.journal.FileJournal;
import io.ghostworks.model.TenantId;
import io.ghostworks.series.head.HeadLayer;
import java.util.List;

/** Counts what an open engine holds, for status pages. Thread-safe. */
final class EngineStatistics {
  private final SeriesEnvironment environment;
  private final Accounts accounts;
  private final Head head;
  private final LiveLayers live;
  private final FileJournal journal;

  EngineStatistics(
      SeriesEnvironment environment,
      Accounts accounts,
      Head head,
      LiveLayers live,
      FileJournal journal) {
    this.environment = environment;
    this.accounts = accounts;
    this.head = head;
    this.live = live;
    this.journal = journal;
  }

  /** What a tenant has in memory, with the largest of its labels. */
  HeadStatistics ofHead(TenantId tenant, int limit) {
    LiveLayers.Layers layers = live.current();
    HeadLayer active = layers.active();
    long chains = active.seriesWithSamples(tenant);
    long minMs = active.minTimestampMs();
    long maxMs = active.maxTimestampMs();
    for (HeadLayer frozen : layers.frozen()) {
      chains += frozen.seriesWithSamples(tenant);
      minMs = Math.min(minMs, frozen.minTimestampMs());
      maxMs = Math.max(maxMs, frozen.maxTimestampMs());
    }
    return new HeadStatistics(active.statistics(tenant, limit), chains, minMs, maxMs);
  }

  /** The parts of all tenants on disk, oldest first. */
  List<StoredPart> storedParts() {
    return live.current().parts().stream()
        .map(part ->
            new StoredPart(
                part.file.name(),
                part.part.minTimestampMs(),
                part.part.maxTimestampMs(),
                part.part.facts().samples(),
                part.part.facts().series(),
                part.file.level(),
                part.part.formatVersion()))
        .toList();
  }

  /** Which metrics of a tenant have series that begin and end. */
  SeriesChurn churn(TenantId tenant, int limit) {
    head.admissionLock().lock();
    try {
      return accounts.churn(tenant, limit, environment.journal().clock().epochMs());
    } finally {
      head.admissionLock().unlock();
    }
  }

  /** How much is stored. */
  SeriesStatistics ofAll() {
    long samples = head.activeSamples();
    long partBytes = 0;
    List<LivePart> all = live.current().parts();
    for (LivePart part : all) {
      samples += part.part.facts().samples();
      partBytes += part.part.facts().sizeBytes();
    }
    return new SeriesStatistics(
        head.series(),
        head.activeSamples(),
        environment.headMemory().usedBytes(),
        samples,
        all.size(),
        partBytes,
        journal.statistics());
  }
}
