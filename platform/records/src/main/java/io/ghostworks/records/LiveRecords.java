package io.ghostworks.records;

import io.ghostworks.model.OverloadedException;
import io.ghostworks.model.TenantId;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.scan.ReadableSchema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that queries see: rows in memory and parts of both kinds, changed together under one lock, so
 * that no query sees a row twice or not at all while it moves from memory to a part. Thread-safe.
 */
final class LiveRecords {

  private static final Duration RETRY = Duration.ofSeconds(1);

  static final int LOGS_PART = 0x4c47;
  static final int LOGS_ROLLUP = 0x524c;
  static final int SPANS_PART = 0x5350;

  private final SignalStore<LogBatch> logs =
      new SignalStore<>(ReadableSchema.logs(), LOGS_PART, Frames.LOGS, Signal.LOGS);
  private final SignalStore<SpanBatch> spans =
      new SignalStore<>(ReadableSchema.spans(), SPANS_PART, Frames.SPANS, Signal.SPANS);
  private final Object lock = new Object();
  private DeleteSet deletes = DeleteSet.NONE;
  private volatile KeptSet kept = KeptSet.NONE;
  private long appliedSequence;
  private boolean closed;

  /**
   * Rows set aside to be flushed.
   *
   * @param sequence of the journal up to which they, and the parts, contain it
   */
  record Frozen(Memtable<LogBatch> logs, Memtable<SpanBatch> spans, long sequence) {
    long bytes() {
      return logs.bytes() + spans.bytes();
    }
  }

  SignalStore<LogBatch> logs() {
    return logs;
  }

  SignalStore<SpanBatch> spans() {
    return spans;
  }

  /**
   * Makes a frame's rows visible.
   *
   * @return by how many bytes the rows in memory became more
   */
  <B> long add(SignalStore<B> store, TenantId tenant, Memtable.Entry<B> entry, long sequence) {
    synchronized (lock) {
      long before = store.active().bytes();
      store.active().add(tenant, entry.withSequence(sequence));
      appliedSequence = Math.max(appliedSequence, sequence);
      return store.active().bytes() - before;
    }
  }

  /** Hides what a delete hides from now on; a frame that is contained changes nothing. */
  void delete(RecordDelete delete) {
    synchronized (lock) {
      switch (delete.signal()) {
        case LOGS -> logs.active().seal(delete.tenant());
        case SPANS -> spans.active().seal(delete.tenant());
      }
      deletes = deletes.with(delete);
      appliedSequence = Math.max(appliedSequence, delete.sequence());
    }
  }

  /** Shows again what a delete hid. */
  void cancel(TenantId tenant, long cancelledSequence, long frameSequence) {
    synchronized (lock) {
      deletes = deletes.cancelled(tenant, cancelledSequence, frameSequence);
      appliedSequence = Math.max(appliedSequence, frameSequence);
    }
  }

  /** Records of these are gone. */
  void processed(List<Long> sequences) {
    synchronized (lock) {
      deletes = deletes.processed(sequences);
    }
  }

  /** Those of the manifest, before the journal is replayed. */
  void restore(DeleteSet stored, KeptSet storedKept) {
    synchronized (lock) {
      deletes = stored;
      kept = storedKept;
    }
  }

  /** Keeps a trace from now on; a frame that is contained changes nothing. */
  void keep(KeptTrace trace, long sequence) {
    synchronized (lock) {
      kept = kept.with(trace, sequence);
      appliedSequence = Math.max(appliedSequence, sequence);
    }
  }

  /** Gives a kept trace up; a frame that is contained changes nothing. */
  void unkeep(TenantId tenant, TraceKey id, long sequence) {
    synchronized (lock) {
      kept = kept.without(tenant, id, sequence);
      appliedSequence = Math.max(appliedSequence, sequence);
    }
  }

  /** All rows of a kept trace are copied. */
  void settled(KeptTrace trace) {
    synchronized (lock) {
      kept = kept.settled(trace);
    }
  }

  KeptSet kept() {
    return kept;
  }

  DeleteSet deletes() {
    synchronized (lock) {
      return deletes;
    }
  }

  /** Everything of the journal up to a sequence is here, or was set aside. */
  void replayedThrough(long sequence) {
    synchronized (lock) {
      appliedSequence = Math.max(appliedSequence, sequence);
    }
  }

  /** Bytes of rows that no flush has begun with. */
  long activeBytes() {
    synchronized (lock) {
      return logs.active().bytes() + spans.active().bytes();
    }
  }

  /** Bytes of all rows in memory. */
  long memoryBytes() {
    synchronized (lock) {
      return logs.memoryBytes() + spans.memoryBytes();
    }
  }

  long partBytes() {
    synchronized (lock) {
      return logs.partBytes() + spans.partBytes();
    }
  }

  PartSet parts() {
    synchronized (lock) {
      return new PartSet(logs.parts(), spans.parts());
    }
  }

  /** Sets the rows in memory aside; null if the files contain everything already. */
  @Nullable Frozen freeze(long containedSequence) {
    synchronized (lock) {
      if (logs.active().isEmpty()
          && spans.active().isEmpty()
          && appliedSequence <= containedSequence) {
        return null;
      }
      return new Frozen(logs.freeze(), spans.freeze(), appliedSequence);
    }
  }

  /** The frozen rows are in these parts. */
  void flushed(PartSet parts) {
    synchronized (lock) {
      setParts(parts);
      logs.forgetFrozen();
      spans.forgetFrozen();
    }
  }

  /** Makes these the parts; answers those that are no longer live. */
  List<SignalStore.LivePart<?>> exchange(PartSet parts) {
    synchronized (lock) {
      List<SignalStore.LivePart<?>> gone = parts().without(parts);
      setParts(parts);
      return gone;
    }
  }

  private void setParts(PartSet parts) {
    logs.setParts(parts.logs());
    spans.setParts(parts.spans());
  }

  /**
   * What a query of a tenant reads.
   *
   * @throws OverloadedException if the engine is closed
   */
  <B> Snapshot<B> snapshot(SignalStore<B> store, TenantId tenant) {
    synchronized (lock) {
      if (closed) {
        throw new OverloadedException("the records engine is closed", RETRY);
      }
      return store.snapshot(tenant, deletes.of(store.signal()), kept);
    }
  }

  /** Ends it; the parts close with their last reader. */
  void close() {
    synchronized (lock) {
      if (!closed) {
        closed = true;
        parts()
            .without(new PartSet(List.of(), List.of()))
            .forEach(live -> live.part().retire(false));
        setParts(new PartSet(List.of(), List.of()));
        logs.clearMemory();
        spans.clearMemory();
      }
    }
  }
}
