package io.ghostworks.series;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.Exemplar;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.QueryContext;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import java.io.IOException;
import java.util.List;

/** What imports of history need of an open engine. Thread-safe. */
final class Imports {
  /** Parts beyond which an import merges before it goes on. */
  private static final int PARTS_MAX = 2_000;

  private final Clock clock;
  private final SeriesOptions options;
  private final Accounts accounts;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Parts parts;
  private final LiveLayers live;
  private final Upkeep upkeep;
  private final UpkeepSchedule schedule;
  private final ChangedTimes changes;
  private final MemoryBudget memory;

  Imports(
      Clock clock,
      SeriesOptions options,
      Accounts accounts,
      ExemplarStore exemplars,
      MetadataStore metadata,
      Parts parts,
      LiveLayers live,
      Upkeep upkeep,
      UpkeepSchedule schedule,
      ChangedTimes changes,
      MemoryBudget memory) {
    this.clock = clock;
    this.options = options;
    this.accounts = accounts;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.parts = parts;
    this.live = live;
    this.upkeep = upkeep;
    this.schedule = schedule;
    this.changes = changes;
    this.memory = memory;
  }

  /**
   * @throws IllegalStateException when the engine is closed
   */
  SeriesImport start(TenantId tenant) {
    if (schedule.stopped()) {
      throw new IllegalStateException("the series engine is closed");
    }
    return new SeriesImport(this, tenant, options, memory);
  }

  Clock clock() {
    return clock;
  }

  ImportWriter writer(TenantId tenant, Rejections rejections, QueryContext context) {
    return new ImportWriter(parts, live, tenant, rejections, context);
  }

  /** Takes what an imported batch has beside samples. */
  void addBeside(TenantId tenant, SeriesBatch batch) {
    int familiesMax = options.limits().apply(tenant).familiesMax();
    batch
        .metadata()
        .forEach((family, about) -> {
          if (BesideSamples.isStorable(family, about)
              && metadata.hasRoom(tenant, family, familiesMax)) {
            metadata.add(tenant, family, about);
          } else {
            accounts.of(tenant).rejectedMetadata();
          }
        });
    long oldestMs = clock.epochMs() - options.retention().longest(tenant).raw().toMillis();
    for (int i = 0; i < batch.exemplars(); i++) {
      Exemplar exemplar = batch.exemplar(i);
      if (BesideSamples.isStorable(exemplar) && exemplar.timestampMs() >= oldestMs) {
        exemplars.add(tenant, batch.sets().labels(batch.exemplarSet(i)), exemplar);
      } else {
        accounts.of(tenant).rejectedExemplar();
      }
    }
  }

  /** Makes parts of an import durable by the manifest's naming them, and visible. */
  void publish(TenantId tenant, List<LivePart> written) throws IOException {
    long samples = 0;
    for (LivePart part : written) {
      samples += part.part.facts().samples();
    }
    upkeep.publish(written);
    changes.changed(written);
    accounts.of(tenant).imported(samples, written.size());
    while (live.current().parts().size() > PARTS_MAX && upkeep.merge()) {
      // What imports faster than upkeep merges, merges itself.
    }
    schedule.requestMerge();
  }
}
