package io.ghostworks.series;

import io.ghostworks.journal.Journal;
import io.ghostworks.model.TenantId;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.head.HeadLayer;
import io.ghostworks.series.head.HeadSeries;
import io.ghostworks.series.part.PartFacts;
import io.ghostworks.series.part.PartMerge;
import io.ghostworks.series.part.SeriesPart;
import io.ghostworks.series.part.SeriesPartWriter;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.manifest.ManifestFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the head into parts, merges and downsamples parts, and drops what is past retention. One
 * of these runs at a time.
 *
 * <pre>
 * flush:  freeze the head -> write a part for each day -> replace the manifest -> exchange layers -> release the journal
 * merge:  write the samples of several parts of a day into one -> replace the manifest -> exchange layers
 * levels: write the downsampled rows of a day into one part -> replace the manifest -> exchange layers
 * expire: replace the manifest without the parts that are past retention -> exchange layers
 * clean:  write a part without what is deleted or past retention in it -> replace the manifest -> exchange layers
 * </pre>
 *
 * A merge makes way: between two of its series a flush that is wanted or due runs, and it rests so
 * that it takes half a core at most.
 *
 * <p>A step that fails leaves everything as it was; a frozen head is written with the next flush.
 */
final class Upkeep {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final long DAY_MS = 86_400_000;
  private static final int SEEN_MINUTES = 60;

  private final Clock clock;
  private final SeriesOptions options;
  private final Head head;
  private final LiveLayers live;
  private final Retention retention;
  private final Parts parts;
  private final Downsampling downsampling;
  private final Journal journal;
  private final ExemplarStore exemplars;
  private final MetadataStore metadata;
  private final Accounts accounts;
  private final ReentrantLock running = new ReentrantLock();
  private final Head.Exchange exchange = new LayerExchange();

  /** Stores that are to be written, oldest first; added under the head's locks. */
  private final Queue<HeadLayer> frozen = new ConcurrentLinkedQueue<>();

  /** Live parts that were found damaged; retained to the live ones with each merge. */
  private final Set<LivePart> unmergeable = new HashSet<>();

  private final Expiry expiry;
  private final Cleaning cleaning;
  private Map<TenantId, Long> floors = Map.of();
  private volatile boolean stopping;
  private volatile boolean flushWanted;
  private boolean stopped;
  private long catalogChanges;
  private volatile long lastFlushNanos;

  Upkeep(
      Clock clock,
      SeriesOptions options,
      Head head,
      LiveLayers live,
      Retention retention,
      Parts parts,
      Journal journal,
      ExemplarStore exemplars,
      MetadataStore metadata,
      Accounts accounts,
      MemoryBudget memory) {
    this.clock = clock;
    this.options = options;
    this.head = head;
    this.live = live;
    this.retention = retention;
    this.parts = parts;
    this.downsampling = new Downsampling(live, retention, parts);
    this.journal = journal;
    this.exemplars = exemplars;
    this.metadata = metadata;
    this.accounts = accounts;
    this.expiry = new Expiry(options.retention(), clock, memory);
    this.cleaning = new Cleaning(clock, memory);
    this.catalogChanges = changes();
    this.lastFlushNanos = clock.monotonicNanos();
  }

  /** Ends a merge that is running, waits for what else is; nothing begins after that. */
  void stop() {
    stopping = true;
    running.lock();
    try {
      stopped = true;
    } finally {
      running.unlock();
    }
  }

  /** What a freeze of the head has to tell. */
  Head.Exchange exchange() {
    return exchange;
  }

  /** How long ago the last flush began. */
  long sinceFlushNanos() {
    return clock.monotonicNanos() - lastFlushNanos;
  }

  /** Asks for a flush; a merge that is running makes way for it. */
  void wantFlush() {
    flushWanted = true;
  }

  /** Writes what is in memory, unless that has happened since it was asked for. */
  void flushIfWanted() throws IOException {
    if (flushWanted) {
      flush(false);
    }
  }

  /**
   * Writes what is in memory into parts.
   *
   * @param replaying whether the journal is being replayed: series keep their numbers meanwhile
   */
  void flush(boolean replaying) throws IOException {
    running.lock();
    try {
      if (stopped) {
        return;
      }
      flushWanted = false;
      lastFlushNanos = clock.monotonicNanos();
      exemplars.removeBefore(oldestKeptMs());
      writeFrozen();
      if (head.activeSamples() > 0
          || head.appliedSequence() > parts.journalSequence()
          || changes() != catalogChanges) {
        int seenSince =
            replaying ? Integer.MIN_VALUE : Admission.minute(clock.epochMs()) - SEEN_MINUTES;
        head.freeze(seenSince, exchange);
        writeFrozen();
      }
    } finally {
      running.unlock();
    }
  }

  /**
   * Merges parts once, where there are enough of them.
   *
   * @return whether there was something to merge
   */
  boolean merge() throws IOException {
    running.lock();
    try {
      MergePlan plan = stopped ? null : MergePlan.next(mergeable(), clock.epochMs());
      if (plan == null) {
        return false;
      }
      merge(plan);
      return true;
    } catch (MergeStoppedException e) {
      return false;
    } finally {
      running.unlock();
    }
  }

  /**
   * Makes the downsampled rows of one day, where there are some to make.
   *
   * @return whether there were
   */
  boolean downsample() throws IOException {
    running.lock();
    try {
      LevelPlan plan = stopped ? null : downsampling.next(clock.epochMs());
      if (plan == null) {
        return false;
      }
      downsample(plan);
      return true;
    } finally {
      running.unlock();
    }
  }

  private void downsample(LevelPlan plan) throws IOException {
    LivePart built;
    try {
      built = downsampling.build(plan);
    } catch (DamagedDataException e) {
      downsampling.settle(plan);
      throw e;
    }
    if (built == null) {
      downsampling.settle(plan);
    }
    List<LivePart> replaced = plan.standing() == null ? List.of() : List.of(plan.standing());
    exchange(replaced, built);
  }

  /** The live parts without those that were found damaged, which would fail each merge again. */
  private List<LivePart> mergeable() {
    List<LivePart> all = new ArrayList<>(live.current().parts());
    unmergeable.retainAll(all);
    all.removeAll(unmergeable);
    all.removeIf(part -> !part.isRaw());
    return all;
  }

  /** Drops the parts that are past retention, by time and by size. */
  void expire() throws IOException {
    running.lock();
    try {
      if (stopped) {
        return;
      }
      List<LivePart> all = live.current().parts();
      expiry.retain(all);
      floors = expiry.floors(all);
      retention.floors(floors);
      List<LivePart> past = new ArrayList<>();
      for (LivePart part : all) {
        if (expiry.isPast(part, floors) && !awaitsLevels(part)) {
          past.add(part);
        }
      }
      drop(past, "time");
      drop(expiry.beyondSize(live.current().parts()), "size");
    } finally {
      running.unlock();
    }
  }

  private void drop(List<LivePart> dropped, String reason) throws IOException {
    if (!dropped.isEmpty()) {
      List<LivePart> kept = new ArrayList<>(live.current().parts());
      kept.removeAll(dropped);
      parts.replace(parts.journalSequence(), kept, live.current().tombstones(), null);
      exchangeParts(kept);
      accounts.dropped(reason, dropped.size());
    }
  }

  /** Whether samples that may be too old to be seen are still to become rows of a level. */
  private boolean awaitsLevels(LivePart part) {
    return part.isRaw() && downsampling.awaits(part);
  }

  /**
   * Writes one part anew without what is deleted in it, or past the retention of some of its
   * series; forgets deletes that hide nothing any more.
   *
   * @param atOnce whether only deletes count, and those too that are still being gathered
   * @return whether there was such a part
   */
  boolean clean(boolean atOnce) throws IOException {
    running.lock();
    try {
      if (stopped) {
        return false;
      }
      Layers layers = live.current();
      unmergeable.retainAll(layers.parts());
      LivePart part = cleaning.next(layers, atOnce, unmergeable);
      String reason = "delete";
      if (part == null) {
        forgetDone(layers, atOnce);
        part = atOnce ? null : partlyPast(layers);
        reason = "retention";
      }
      if (part == null) {
        return false;
      }
      merge(new MergePlan(List.of(part), part.file.level()));
      accounts.rewritten(reason);
      return true;
    } catch (MergeStoppedException e) {
      return false;
    } finally {
      running.unlock();
    }
  }

  private @Nullable LivePart partlyPast(Layers layers) {
    for (LivePart part : layers.parts()) {
      if (!unmergeable.contains(part) && expiry.isPartlyPast(part, floors) && !awaitsLevels(part)) {
        return part;
      }
    }
    return null;
  }

  private void forgetDone(Layers layers, boolean atOnce) throws IOException {
    List<Tombstone> done = cleaning.done(layers, atOnce);
    if (!done.isEmpty()) {
      live.replace(current -> current.withTombstones(current.tombstones().without(done)));
      Layers now = live.current();
      parts.replace(parts.journalSequence(), now.parts(), now.tombstones(), null);
    }
  }

  private long oldestKeptMs() {
    return clock.epochMs() - options.retention().longestRaw().toMillis();
  }

  private long changes() {
    return exemplars.changes() + metadata.changes();
  }

  private void writeFrozen() throws IOException {
    for (HeadLayer ended = frozen.peek(); ended != null; ended = frozen.peek()) {
      write(ended);
      frozen.remove();
    }
  }

  private void write(HeadLayer ended) throws IOException {
    List<LivePart> written = new ArrayList<>();
    boolean handedOver = false;
    try {
      writeDays(ended, written);
      long changes = changes();
      ManifestFile catalog =
          changes == catalogChanges ? null : parts.writeCatalog(exemplars, metadata);
      List<LivePart> all = new ArrayList<>(live.current().parts());
      all.addAll(written);
      handedOver = true;
      parts.replace(
          Math.max(parts.journalSequence(), ended.throughSequence()),
          all,
          live.current().tombstones(),
          catalog);
      catalogChanges = changes;
      live.replace(layers -> {
        List<HeadLayer> stillFrozen = new ArrayList<>(layers.frozen());
        stillFrozen.remove(ended);
        return new Layers(all, stillFrozen, layers.active(), layers.tombstones());
      });
    } catch (IOException | RuntimeException e) {
      for (LivePart part : written) {
        part.part.close();
        if (!handedOver) {
          parts.delete(part.part.path());
        }
      }
      throw e;
    }
    head.forget(ended);
    try {
      journal.release(parts.journalSequence());
    } catch (IOException e) {
      // The samples are safe in parts; the segments are released again with the next flush.
      log.warn("the journal could not be released", e);
    }
  }

  private void writeDays(HeadLayer layer, List<LivePart> written) throws IOException {
    if (layer.minTimestampMs() > layer.maxTimestampMs()) {
      return;
    }
    int[] series = head.sorted(layer);
    long first = Math.floorDiv(layer.minTimestampMs(), DAY_MS);
    long last = Math.floorDiv(layer.maxTimestampMs(), DAY_MS);
    for (long day = first; day <= last; day++) {
      writeDay(layer, series, day, written);
    }
  }

  private void writeDay(HeadLayer layer, int[] series, long day, List<LivePart> written)
      throws IOException {
    SampleBuffer samples = new SampleBuffer();
    BytesOutput scratch = new BytesOutput(512, Integer.MAX_VALUE - 64);
    Path path = null;
    SeriesPartWriter writer = null;
    try {
      for (int number : series) {
        samples.clear();
        layer.read(number, day * DAY_MS, (day + 1) * DAY_MS - 1, scratch, samples);
        samples.normalize();
        if (samples.size() > 0) {
          if (writer == null) {
            path = parts.newPath();
            writer = SeriesPartWriter.create(parts.files(), path);
          }
          HeadSeries one = layer.series(number);
          writer.add(one.tenant(), one.labels(), samples);
        }
      }
      if (writer != null && path != null) {
        PartFacts facts = writer.finish();
        written.add(parts.openNew(path, 0, facts.withThroughSequence(layer.throughSequence())));
      }
    } catch (IOException | RuntimeException e) {
      closeAndDelete(writer, path, e);
      throw e;
    }
    if (writer != null) {
      writer.close();
    }
  }

  private void merge(MergePlan plan) throws IOException {
    try {
      rewrite(plan.sources(), plan.level());
    } catch (DamagedDataException e) {
      setAside(plan.sources());
      throw e;
    }
  }

  /**
   * Puts one part, or none where nothing of them is visible, into the place of parts of a day; of
   * downsampled rows a day has one part.
   */
  private void rewrite(List<LivePart> sources, int level) throws IOException {
    exchange(sources, write(sources, level));
  }

  /** Puts a new part, or none, into the place of others. */
  private void exchange(List<LivePart> sources, @Nullable LivePart merged) throws IOException {
    List<LivePart> all = new ArrayList<>(live.current().parts());
    all.removeAll(sources);
    if (merged != null) {
      all.add(merged);
    }
    try {
      parts.replace(parts.journalSequence(), all, live.current().tombstones(), null);
    } catch (IOException | RuntimeException e) {
      if (merged != null) {
        merged.part.close();
      }
      throw e;
    }
    exchangeParts(all);
  }

  private @Nullable LivePart write(List<LivePart> sources, int level) throws IOException {
    Layers layers = live.current();
    long through = layers.tombstones().highestSequence();
    List<SeriesPart> read = new ArrayList<>();
    for (LivePart source : sources) {
      through = Math.max(through, source.part.throughSequence());
      read.add(source.part);
    }
    PartFacts first = read.getFirst().facts();
    boolean rows = first.resolutionMs() > 0;
    Path path = parts.newPath();
    SeriesPartWriter writer =
        rows
            ? SeriesPartWriter.createRows(parts.files(), path, first.resolutionMs())
            : SeriesPartWriter.create(parts.files(), path);
    LivePart merged = null;
    try {
      if (rows) {
        PartMerge.copyRows(read.getFirst(), retention.of(layers), writer);
      } else {
        // What is past its retention may still have to become rows.
        boolean awaited = sources.stream().anyMatch(downsampling::awaits);
        Visibility visibility =
            awaited ? Visibility.ofDeletes(layers.tombstones()) : retention.of(layers);
        PartMerge.merge(read, visibility, writer, pause());
      }
      if (writer.seriesCount() > 0) {
        PartFacts facts =
            writer.finish().withThroughSequence(through).withBuiltFrom(first.builtFrom());
        merged = parts.openNew(path, level, facts);
      }
    } catch (IOException | RuntimeException e) {
      closeAndDelete(writer, path, e);
      throw e;
    }
    writer.close();
    if (merged == null) {
      parts.delete(path);
    }
    return merged;
  }

  /** What happens between the series of a merge. */
  private PartMerge.Pause pause() {
    MergePace pace = new MergePace(clock);
    return () -> {
      if (stopping) {
        throw new MergeStoppedException();
      }
      if (flushWanted || sinceFlushNanos() > options.flushInterval().toNanos()) {
        flush(false);
      }
      pace.step();
    };
  }

  /** The engine is being closed; the parts that were to be merged stay as they are. */
  private static final class MergeStoppedException extends IOException {
    private static final long serialVersionUID = 1;

    MergeStoppedException() {
      super("the merge was stopped since the engine is being closed");
    }
  }

  /** Leaves the damaged ones among the parts of a failed merge as they are from now on. */
  private void setAside(List<LivePart> sources) {
    List<LivePart> damaged = new ArrayList<>();
    for (LivePart source : sources) {
      try {
        PartMerge.check(source.part);
      } catch (IOException e) {
        log.error("series: part {} is left out of merges", source.part.path(), e);
        damaged.add(source);
      }
    }
    // Where each alone can be read, it is their combination that fails.
    unmergeable.addAll(damaged.isEmpty() ? sources : damaged);
  }

  /**
   * Makes a snapshot of the live files.
   *
   * @param withHead whether what is in memory is written into parts before
   */
  SeriesSnapshot snapshot(Path target, boolean withHead) throws IOException {
    running.lock();
    try {
      if (stopped) {
        throw new IllegalStateException("the series engine is closed");
      }
      if (withHead) {
        flush(false);
      }
      return parts.snapshot(target, clock.epochMs());
    } finally {
      running.unlock();
    }
  }

  /** Adds parts of an import to the live ones. */
  void publish(List<LivePart> written) throws IOException {
    running.lock();
    try {
      if (stopped) {
        throw new IllegalStateException("the series engine is closed");
      }
      long changes = changes();
      if (written.isEmpty() && changes == catalogChanges) {
        return;
      }
      ManifestFile catalog =
          changes == catalogChanges ? null : parts.writeCatalog(exemplars, metadata);
      List<LivePart> all = new ArrayList<>(live.current().parts());
      all.addAll(written);
      parts.replace(parts.journalSequence(), all, live.current().tombstones(), catalog);
      catalogChanges = changes;
      exchangeParts(all);
    } finally {
      running.unlock();
    }
  }

  private void exchangeParts(List<LivePart> all) {
    live.replace(layers -> layers.withParts(all));
  }

  private void closeAndDelete(
      @Nullable SeriesPartWriter writer, @Nullable Path path, Exception cause) {
    if (writer == null || path == null) {
      return;
    }
    try {
      writer.close();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    parts.delete(path);
  }

  private final class LayerExchange implements Head.Exchange {
    @Override
    public void exchange(HeadLayer ended, HeadLayer active) {
      frozen.add(ended);
      live.replace(layers -> {
        List<HeadLayer> all = new ArrayList<>(layers.frozen());
        all.add(ended);
        return new Layers(layers.parts(), all, active, layers.tombstones());
      });
    }

    @Override
    public void ended(TenantId tenant, String metric) {
      accounts.of(tenant).ended(metric, clock.epochMs());
    }
  }
}
