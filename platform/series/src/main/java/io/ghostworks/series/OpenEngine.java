package io.ghostworks.series;

import io.ghostworks.journal.FileJournal;
import io.ghostworks.journal.JournalMetrics;
import io.ghostworks.journal.ReplaySummary;
import io.ghostworks.model.TelemetrySink;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.metric.SeriesBatch;
import io.ghostworks.query.series.SampleChanges;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.select.SelectionCache;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine from its opening to its end: opens, connects and closes what it consists of. */
final class OpenEngine implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(OpenEngine.class);

  /**
   * How long samples take from their time to the store in the ordinary course: scrapes, exporters
   * that push each minute, rules. Those that take longer are noted one by one.
   */
  private static final Duration ON_THE_WAY = Duration.ofMinutes(2);

  private final SeriesEnvironment environment;
  private final Accounts accounts;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Head head;
  private final Parts parts;
  private final LiveLayers live;
  private final Retention retention;
  private final ChangedTimes changes;
  private final SelectionCache selections;
  private final FileJournal journal;
  private final Upkeep upkeep;
  private final UpkeepSchedule schedule;
  private final JournalWatch watch;
  private final Deletes deletes;
  private final NumberedSets numbers;
  private final BatchAppend append;
  private final Imports imports;
  private final EngineStatistics statistics;

  /** Reads manifest, parts and what the journal has beyond them. */
  OpenEngine(SeriesEnvironment environment, SeriesOptions options) throws IOException {
    this.environment = environment;
    Clock clock = environment.journal().clock();
    MemoryBudget memory = environment.headMemory();
    this.accounts = new Accounts(environment.metrics());
    this.retention = new Retention(options.retention(), clock);
    this.changes = new ChangedTimes();
    this.exemplars =
        new ExemplarStore(options.exemplarsPerSeriesMax(), options.exemplarsMax(), memory);
    this.metadata = new MetadataStore(memory);
    this.head = new Head(memory);
    this.parts = Parts.open(environment.journal().files(), environment.directory());
    this.live = new LiveLayers(head.layer(), parts::dispose);
    this.selections = new SelectionCache(environment.selectionMemory());
    this.watch = new JournalWatch(this::requestFlush);
    JournalMetrics journalMetrics = new JournalMetrics("series", environment.metrics(), watch);
    List<LivePart> all = parts.openAll();
    live.replace(layers -> layers.withParts(all).withTombstones(parts.tombstones()));
    try {
      parts.readCatalog(exemplars, metadata);
      this.journal =
          FileJournal.open(
              environment.journal(),
              environment.journalDirectory(),
              options.journal(),
              journalMetrics);
      journalMetrics.watch(journal);
    } catch (IOException | RuntimeException e) {
      exemplars.close();
      metadata.close();
      selections.close();
      closeParts();
      throw e;
    }
    this.upkeep =
        new Upkeep(
            clock, options, head, live, retention, parts, journal, exemplars, metadata, accounts,
            changes, memory);
    this.deletes = new Deletes(clock, head, live, exemplars, upkeep.exchange(), memory, changes);
    this.numbers = new NumberedSets(memory);
    Admission admission =
        new Admission(
            options,
            head,
            new SeriesResolver(head, new LabelMemory(head, memory), numbers),
            live,
            retention,
            exemplars,
            metadata);
    this.schedule = new UpkeepSchedule(environment, options.flushInterval(), head, upkeep);
    this.append =
        new BatchAppend(
            environment,
            accounts,
            head,
            live,
            exemplars,
            metadata,
            journal,
            admission,
            deletes,
            changes,
            schedule);
    this.imports =
        new Imports(
            clock, options, accounts, exemplars, metadata, parts, live, upkeep, schedule, changes,
            memory);
    this.statistics = new EngineStatistics(environment, accounts, head, live, journal);
  }

  private void requestFlush() {
    schedule.requestFlush();
  }

  /** Rebuilds the head from the journal. */
  void replay() throws IOException {
    Replay replay =
        new Replay(
            environment.journal().clock(),
            head,
            exemplars,
            metadata,
            accounts,
            deletes,
            schedule::flushWhileReplaying);
    ReplaySummary summary = journal.replay(parts.journalSequence(), replay);
    head.applied(summary.lastSequence());
    SeriesMetrics.registerTombstones(live, environment.metrics());
    SeriesMetrics.registerChanges(changes, environment.metrics());
    watch.replayed();
    log.info(
        "series: replayed {} frames of {} bytes; {} damaged, {} rows without series",
        summary.frames(),
        summary.payloadBytes(),
        summary.framesDamaged(),
        replay.rowsWithoutSeries());
  }

  /** What the replay did not make visible of what was acknowledged; empty if it is all there. */
  Optional<String> lostInReplay() {
    return watch.lostInReplay();
  }

  FileJournal journal() {
    return journal;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  NumberedSets numbers() {
    return numbers;
  }

  UpkeepSchedule schedule() {
    return schedule;
  }

  BatchAppend append() {
    return append;
  }

  Imports imports() {
    return imports;
  }

  TelemetrySink<SeriesBatch> importSink() {
    return new ImportSink(imports, environment.headMemory(), environment.upkeep());
  }

  EngineStatistics statistics() {
    return statistics;
  }

  SeriesReader reader() {
    return new SeriesReader(live, selections, retention, exemplars, metadata);
  }

  /** Begins to note changes of a tenant's samples; see {@link SampleChanges#watch}. */
  SampleChanges.Watch watchChanges(TenantId tenant) {
    long quietThroughMs = environment.journal().clock().epochMs() - ON_THE_WAY.toMillis();
    long sequence = changes.watch(tenant, quietThroughMs);
    // Rows of a level answer for whole windows, and reach twice as far into what follows.
    long floorMs = retention.of(live.current()).highestFloorMs(tenant, 0);
    long keptFromMs = floorMs + 4 * LevelPlan.HOUR_MS;
    return new SampleChanges.Watch(sequence, keptFromMs, quietThroughMs);
  }

  ChangedTimes changes() {
    return changes;
  }

  SeriesTail tail() {
    return new SeriesTail(journal);
  }

  @Override
  public void close() throws IOException {
    schedule.stop();
    try {
      journal.close();
    } finally {
      head.close();
      numbers.clear();
      exemplars.close();
      metadata.close();
      selections.close();
      closeParts();
    }
  }

  private void closeParts() throws IOException {
    for (LivePart part : live.current().parts()) {
      part.part.close();
    }
  }
}
