package io.ghostworks.series;

import io.ghostworks.journal.Journal;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.series.LiveLayers.Layers;
import io.ghostworks.series.part.PartMerge;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

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
 * What writes parts anew makes way: between two of its series a flush that is wanted or due runs,
 * and it rests so that it takes half a core at most.
 *
 * <p>A step that fails leaves everything as it was; a frozen head is written with the next flush.
 */
final class Upkeep {
  private final Clock clock;
  private final SeriesOptions options;
  private final LiveLayers live;
  private final Parts parts;
  private final ExemplarStore exemplars;
  private final Accounts accounts;
  private final PartExchange exchange;
  private final HeadFlush headFlush;
  private final Downsampling downsampling;
  private final PartRewrite rewrite;
  private final PartExpiry expiry;
  private final Cleaning cleaning;
  private final ReentrantLock running = new ReentrantLock();
  private volatile boolean stopping;
  private volatile boolean flushWanted;
  private boolean stopped;
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
      ChangedTimes changes,
      MemoryBudget memory) {
    this.clock = clock;
    this.options = options;
    this.live = live;
    this.parts = parts;
    this.exemplars = exemplars;
    this.accounts = accounts;
    this.exchange = new PartExchange(parts, live, exemplars, metadata);
    this.headFlush = new HeadFlush(clock, head, live, parts, exchange, journal, accounts);
    this.downsampling = new Downsampling(live, retention, parts);
    this.rewrite = new PartRewrite(live, retention, parts, exchange, downsampling);
    this.expiry =
        new PartExpiry(
            live,
            retention,
            exchange,
            downsampling,
            accounts,
            changes,
            new Expiry(options.retention(), clock, memory));
    this.cleaning = new Cleaning(clock, memory);
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
    return headFlush;
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
      exemplars.removeBefore(clock.epochMs() - options.retention().longestRaw().toMillis());
      headFlush.flush(replaying);
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
      MergePlan plan = stopped ? null : MergePlan.next(rewrite.mergeable(), clock.epochMs());
      if (plan == null) {
        return false;
      }
      rewrite.rewrite(plan, pause());
      return true;
    } catch (UpkeepStoppedException e) {
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
    } catch (UpkeepStoppedException e) {
      return false;
    } finally {
      running.unlock();
    }
  }

  private void downsample(LevelPlan plan) throws IOException {
    LivePart built;
    try {
      built = downsampling.build(plan, pause());
    } catch (DamagedDataException e) {
      downsampling.settle(plan);
      throw e;
    }
    if (built == null) {
      downsampling.settle(plan);
    }
    List<LivePart> replaced = plan.standing() == null ? List.of() : List.of(plan.standing());
    exchange.replace(replaced, built);
  }

  /** Drops the parts that are past retention, by time and by size. */
  void expire() throws IOException {
    running.lock();
    try {
      if (!stopped) {
        expiry.expire();
      }
    } finally {
      running.unlock();
    }
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
      LivePart part = cleaning.next(layers, atOnce, rewrite.damaged());
      String reason = "delete";
      if (part == null) {
        forgetDone(layers, atOnce);
        part = atOnce ? null : expiry.partlyPast(layers, rewrite.damaged());
        reason = "retention";
      }
      if (part == null) {
        return false;
      }
      rewrite.rewrite(new MergePlan(List.of(part), part.file.level()), pause());
      accounts.rewritten(reason);
      return true;
    } catch (UpkeepStoppedException e) {
      return false;
    } finally {
      running.unlock();
    }
  }

  private void forgetDone(Layers layers, boolean atOnce) throws IOException {
    List<Tombstone> done = cleaning.done(layers, atOnce);
    if (!done.isEmpty()) {
      exchange.forget(done);
    }
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
      if (!written.isEmpty() || exchange.isCatalogStale()) {
        exchange.add(written, exchange.writeCatalog());
      }
    } finally {
      running.unlock();
    }
  }

  /** What happens between the series of a merge. */
  private PartMerge.Pause pause() {
    MergePace pace = new MergePace(clock);
    return () -> {
      if (stopping) {
        throw new UpkeepStoppedException();
      }
      if (flushWanted || sinceFlushNanos() > options.flushInterval().toNanos()) {
        flush(false);
      }
      pace.step();
    };
  }
}
