package io.ghostworks.records;

import io.ghostworks.journal.Journal;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.SignalStore.LivePart;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.runtime.memory.MemoryBudget;
import io.ghostworks.runtime.time.Clock;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes rows in memory into parts, merges parts, and drops those out of retention. One of these
 * runs at a time.
 *
 * <pre>
 * flush:  freeze the rows -> write parts -> replace the manifest -> exchange rows for parts -> release the journal
 * merge:  write the rows of several parts of a class and day into one -> replace the manifest -> exchange parts
 * delete: write a part anew without the rows of deletes -> replace the manifest -> exchange parts
 * expire: replace the manifest without the parts whose day is over -> exchange parts
 * </pre>
 *
 * A step that fails leaves everything readable as it was; frozen rows are written with the next
 * flush. Senders wait for a flush when rows in memory have reached their budget, and for a merge
 * nobody waits: where a flush is due, a merge runs it between two of its blocks.
 */
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MERGE_PARTS_MIN = 4;
  private static final long MERGE_RAW_BYTES_MAX = 768L << 20;

  private final RecordsOptions options;
  private final Clock clock;
  private final MemoryBudget memory;
  private final Executor background;
  private final LiveRecords live;
  private final PartFiles parts;
  private final Journal journal;
  private final AtomicBoolean queued = new AtomicBoolean();
  private final Object running = new Object();
  private final Set<RecordPart<?>> unmergeable = Collections.newSetFromMap(new IdentityHashMap<>());
  private LiveRecords.@Nullable Frozen frozen;
  private boolean closing;
  private boolean closed;
  private volatile boolean failed;
  private volatile long triedAtNanos;

  Upkeep(
      RecordsOptions options,
      RecordsEnvironment environment,
      LiveRecords live,
      PartFiles parts,
      Journal journal) {
    this.options = options;
    this.clock = environment.clock();
    this.memory = environment.memory();
    this.background = environment.background();
    this.live = live;
    this.parts = parts;
    this.journal = journal;
    this.triedAtNanos = clock.monotonicNanos();
  }

  /** Begins a flush in the background where there is enough to write. */
  void flushIfFull() {
    if (live.activeBytes() > options.flushBytes()) {
      queueFlush();
    }
  }

  /** Begins a flush in the background unless one waits already, or has just failed. */
  void queueFlush() {
    boolean tooSoon = failed && clock.monotonicNanos() - triedAtNanos < RETRY_AFTER.toNanos();
    if (tooSoon || !queued.compareAndSet(false, true)) {
      return;
    }
    try {
      background.execute(this::flushInBackground);
    } catch (RejectedExecutionException e) {
      // The process is ending; the journal has the rows.
      queued.set(false);
    }
  }

  private void flushInBackground() {
    queued.set(false);
    flushQuietly();
  }

  private void flushQuietly() {
    try {
      flush();
    } catch (IOException | RuntimeException e) {
      log.error("rows cannot be written into parts; they stay in journal and memory", e);
    }
  }

  /** Writes all rows in memory into parts and releases the journal up to them. */
  void flush() throws IOException {
    synchronized (running) {
      if (closed) {
        return;
      }
      triedAtNanos = clock.monotonicNanos();
      try {
        boolean again = frozen != null;
        flushOnce();
        if (again) {
          // Only the rows that an earlier try had set aside are written so far.
          flushOnce();
        }
        failed = false;
      } catch (IOException | RuntimeException e) {
        failed = true;
        throw e;
      }
    }
  }

  private void flushOnce() throws IOException {
    if (frozen == null) {
      frozen = live.freeze(parts.journalSequence());
    }
    LiveRecords.Frozen rows = frozen;
    if (rows != null) {
      write(rows);
      frozen = null;
    }
  }

  private void write(LiveRecords.Frozen rows) throws IOException {
    PartSet written = new PartSet(List.of(), List.of());
    boolean named = false;
    try {
      written = written.withLogs(written(live.logs(), rows.logs()));
      written = written.withSpans(written(live.spans(), rows.spans()));
      PartSet all = live.parts().plus(written);
      named = true;
      parts.replace(rows.sequence(), all, live.deletes(), live.kept());
      live.flushed(all);
    } catch (IOException | RuntimeException e) {
      for (LivePart<?> part : written.without(new PartSet(List.of(), List.of()))) {
        abandon(part.part(), named);
      }
      throw e;
    }
    memory.release(rows.bytes());
    release();
  }

  /** Rows that a delete hides stand in other parts than rows that came after it. */
  private <B> List<LivePart<B>> written(SignalStore<B> store, Memtable<B> rows) throws IOException {
    List<LivePart<B>> written = new ArrayList<>();
    for (HiddenRows<B> group : HiddenRows.groups(rows, live.deletes().of(store.signal()))) {
      try {
        written.addAll(flusher(store).write(group.entries(), group.throughSequence()));
      } catch (IOException | RuntimeException e) {
        written.forEach(part -> part.part().retire(true));
        throw e;
      }
    }
    return written;
  }

  private <B> PartFlush<B> flusher(SignalStore<B> store) {
    return new PartFlush<>(parts, store, () -> {});
  }

  private void release() {
    if (closing) {
      return;
    }
    try {
      journal.release(parts.journalSequence());
    } catch (IOException e) {
      // The rows are safe in parts; the segments are released again with the next flush.
      log.warn("the journal could not be released", e);
    }
  }

  private void abandon(RecordPart<?> part, boolean named) {
    part.retire(!named);
    if (named) {
      parts.deleteAfterNextManifest(part.path());
    }
  }

  /** Drops what is out of retention, flushes when it is time, merges small parts. */
  void maintain() throws IOException {
    synchronized (running) {
      if (closed) {
        return;
      }
      List<Exception> failures = new ArrayList<>();
      attempt(this::expire, failures);
      attempt(this::flushIfDue, failures);
      attempt(this::removeDeleted, failures);
      attempt(this::removeGivenUp, failures);
      attempt(() -> merge(live.logs(), logs -> live.parts().withLogs(logs)), failures);
      attempt(() -> merge(live.spans(), spans -> live.parts().withSpans(spans)), failures);
      if (!failures.isEmpty()) {
        IOException first =
            failures.getFirst() instanceof IOException io
                ? io
                : new IOException(
                    String.valueOf(failures.getFirst().getMessage()), failures.getFirst());
        failures.stream().skip(1).forEach(first::addSuppressed);
        throw first;
      }
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Step step, List<Exception> failures) {
    try {
      step.run();
    } catch (IOException | RuntimeException e) {
      failures.add(e);
    }
  }

  private void flushIfDue() throws IOException {
    if (frozen != null
        || clock.monotonicNanos() - triedAtNanos >= options.flushInterval().toNanos()) {
      flush();
    }
  }

  private void expire() throws IOException {
    PartSet all = live.parts();
    List<LivePart<LogBatch>> logs = new ArrayList<>(all.logs());
    List<LivePart<SpanBatch>> spans = new ArrayList<>(all.spans());
    boolean changed = logs.removeIf(this::isExpired);
    changed |= spans.removeIf(this::isExpired);
    if (changed) {
      publish(new PartSet(logs, spans));
    }
  }

  private boolean isExpired(LivePart<?> part) {
    long endOfDay = (part.day() + 1) * PartFlush.NANOS_PER_DAY;
    return endOfDay <= clock.epochNanos() - options.retention().of(part.retention()).toNanos();
  }

  /** Writes parts anew without the rows of deletes that can no longer be cancelled. */
  private void removeDeleted() throws IOException {
    DeleteSet deletes = due(live.deletes());
    if (deletes.all().isEmpty()) {
      return;
    }
    // Before the loops: they may flush, and what they flush is looked at by the next call.
    boolean allInParts = parts.journalSequence() >= deletes.throughSequence();
    remove(
        live.logs(),
        part -> !part.hiddenBy(deletes.of(Signal.LOGS)).isEmpty(),
        part -> rewritten(live.logs(), part, deletes),
        logs -> live.parts().withLogs(logs));
    remove(
        live.spans(),
        part -> !part.hiddenBy(deletes.of(Signal.SPANS)).isEmpty(),
        part -> rewritten(live.spans(), part, deletes),
        spans -> live.parts().withSpans(spans));
    if (!allInParts) {
      return; // rows of earlier frames are still in memory; they come into parts with a flush
    }
    live.processed(deletes.all().stream().map(RecordDelete::sequence).toList());
    publish(live.parts());
  }

  /** Writes parts of kept rows anew without the traces that were given up. */
  private void removeGivenUp() throws IOException {
    KeptSet kept = live.kept();
    remove(
        live.logs(),
        part -> hasGivenUp(part, kept),
        part -> new PartFlush<>(parts, live.logs(), inTurns()).rewrite(part, kept),
        logs -> live.parts().withLogs(logs));
    remove(
        live.spans(),
        part -> hasGivenUp(part, kept),
        part -> new PartFlush<>(parts, live.spans(), inTurns()).rewrite(part, kept),
        spans -> live.parts().withSpans(spans));
  }

  private static boolean hasGivenUp(LivePart<?> live, KeptSet kept) {
    if (!live.retention().equals(RetentionClass.KEPT)) {
      return false;
    }
    RecordPart<?> part = live.part();
    for (long ordinal = 1; ordinal <= part.traces(); ordinal++) {
      TraceKey id = part.trace(ordinal);
      for (int block : part.blocksOfTrace(id.high(), id.low())) {
        if (!kept.of(part.tenant(block)).contains(id)) {
          return true;
        }
      }
    }
    return false;
  }

  @FunctionalInterface
  private interface Rewriting<B> {
    /** The part without some rows; null where it has no others. */
    @Nullable LivePart<B> rewrite(LivePart<B> part) throws IOException;
  }

  private <B> void remove(
      SignalStore<B> store,
      Predicate<LivePart<B>> wanted,
      Rewriting<B> rewriting,
      Function<List<LivePart<B>>, PartSet> exchanged)
      throws IOException {
    for (LivePart<B> part : store.parts()) {
      if (!wanted.test(part)) {
        continue;
      }
      giveWay();
      LivePart<B> left = rewriting.rewrite(part);
      List<LivePart<B>> all = new ArrayList<>(store.parts());
      all.remove(part);
      if (left != null) {
        all.add(left);
      }
      try {
        publish(exchanged.apply(all));
      } catch (IOException | RuntimeException e) {
        if (left != null) {
          abandon(left.part(), true);
        }
        throw e;
      }
    }
  }

  private <B> @Nullable LivePart<B> rewritten(
      SignalStore<B> store, LivePart<B> part, DeleteSet deletes) throws IOException {
    try {
      return new PartFlush<>(parts, store, inTurns())
          .rewrite(
              part,
              deletes.of(store.signal()),
              Math.max(part.sequence(), deletes.throughSequence()));
    } catch (UncheckedIOException e) {
      throw new IOException(
          "deleted rows of %s cannot be removed; they stay hidden".formatted(part.part().name()),
          e);
    }
  }

  /**
   * The first deletes, up to one that can still be cancelled: a part that is written anew is as if
   * its rows came after all of these and before all others.
   */
  private DeleteSet due(DeleteSet deletes) {
    long createdBeforeMs = clock.epochMs() - options.deleteCancelPeriod().toMillis();
    List<RecordDelete> due = new ArrayList<>();
    for (RecordDelete delete : deletes.received()) {
      if (delete.createdMs() >= createdBeforeMs) {
        break;
      }
      due.add(delete);
    }
    return new DeleteSet(due, due.isEmpty() ? 0 : due.getLast().sequence());
  }

  private <B> void merge(SignalStore<B> store, Function<List<LivePart<B>>, PartSet> exchanged)
      throws IOException {
    List<LivePart<B>> candidates =
        store.parts().stream().filter(part -> !unmergeable.contains(part.part())).toList();
    for (List<LivePart<B>> group :
        MergePlan.groups(
            candidates, live.deletes().of(store.signal()), MERGE_PARTS_MIN, MERGE_RAW_BYTES_MAX)) {
      LivePart<B> merged = merged(store, group);
      List<LivePart<B>> all = new ArrayList<>(store.parts());
      all.removeAll(group);
      all.add(merged);
      try {
        publish(exchanged.apply(all));
      } catch (IOException | RuntimeException e) {
        abandon(merged.part(), true);
        throw e;
      }
    }
  }

  /** What runs between the blocks of a merge. */
  private Runnable inTurns() {
    MergePace pace = new MergePace(clock);
    return () -> {
      giveWay();
      pace.step();
    };
  }

  /** Flushes in the midst of a merge; its failure is not the merge's. */
  private void giveWay() {
    if (!failed && live.activeBytes() > options.flushBytes()) {
      flushQuietly();
    }
  }

  private <B> LivePart<B> merged(SignalStore<B> store, List<LivePart<B>> group) throws IOException {
    try {
      return new PartFlush<>(parts, store, inTurns()).merge(group);
    } catch (IOException | RuntimeException e) {
      if (e instanceof DamagedDataException || e.getCause() instanceof DamagedDataException) {
        // One of them cannot be read: they stay as they are, so that others can be merged.
        group.forEach(part -> unmergeable.add(part.part()));
      }
      throw e;
    }
  }

  /** Makes these the parts, in the manifest first; what is gone goes with its last reader. */
  private void publish(PartSet all) throws IOException {
    parts.replace(parts.journalSequence(), all, live.deletes(), live.kept());
    for (LivePart<?> gone : live.exchange(all)) {
      unmergeable.remove(gone.part());
      gone.part().retire(true);
    }
  }

  /** Flushes a last time; after it nothing runs any more. The journal is closed before. */
  void close() {
    synchronized (running) {
      if (closed) {
        return;
      }
      closing = true;
      try {
        flush();
      } catch (IOException | RuntimeException e) {
        log.warn(
            "rows could not be written into parts; they come from the journal at the next start",
            e);
      }
      closed = true;
      memory.release(live.memoryBytes());
      live.close();
    }
  }
}
