package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.Signal;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.ReadableSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one kind: those in memory, those being flushed, and the parts. Guarded by the lock of
 * {@link LiveRecords}.
 *
 * @param <B> the batch
 */
final class SignalStore<B> {

  private final ReadableSchema<B> readable;
  private final int partKind;
  private final int frameKind;
  private final Signal signal;
  private final DamagedBlocks damagedBlocks = new DamagedBlocks();
  private Memtable<B> active;
  private @Nullable Memtable<B> frozen;
  private List<LivePart<B>> parts = List.of();

  SignalStore(ReadableSchema<B> readable, int partKind, int frameKind, Signal signal) {
    this.readable = readable;
    this.partKind = partKind;
    this.frameKind = frameKind;
    this.signal = signal;
    this.active = new Memtable<>(readable.schema());
  }

  /**
   * A part with what the manifest says of it.
   *
   * @param day of all its rows, in days since the epoch, UTC
   * @param sequence the highest frame of the journal of which it may have rows: deletes of later
   *     frames hide some of them
   * @param rollup counts of its rows; null if there are none
   */
  record LivePart<B>(
      RecordPart<B> part,
      RetentionClass retention,
      long day,
      long sequence,
      @Nullable Path rollup) {

    /** The deletes that may hide rows of a block, ascending. */
    List<RecordDelete> hiding(DeleteSet deletes, int block) {
      List<RecordDelete> hiding =
          deletes.hiding(
              part.tenant(block),
              retention,
              sequence,
              part.minTimeNanos(block),
              part.maxTimeNanos(block));
      return hiding.isEmpty()
          ? hiding
          : hiding.stream().filter(delete -> delete.mayHide(part, block)).toList();
    }

    /** The deletes that may hide rows of any of its tenants, by their sequences, ascending. */
    List<Long> hiddenBy(DeleteSet deletes) {
      if (sequence >= deletes.throughSequence()) {
        return List.of();
      }
      TreeSet<Long> hiding = new TreeSet<>();
      for (int block = 0; block < part.blocks(); block++) {
        hiding(deletes, block).forEach(delete -> hiding.add(delete.sequence()));
      }
      return List.copyOf(hiding);
    }
  }

  ReadableSchema<B> readable() {
    return readable;
  }

  BatchSchema<B> schema() {
    return readable.schema();
  }

  int partKind() {
    return partKind;
  }

  int frameKind() {
    return frameKind;
  }

  Signal signal() {
    return signal;
  }

  DamagedBlocks damagedBlocks() {
    return damagedBlocks;
  }

  Memtable<B> active() {
    return active;
  }

  List<LivePart<B>> parts() {
    return parts;
  }

  void setParts(List<LivePart<B>> newParts) {
    parts = List.copyOf(newParts);
  }

  /** Sets what is in memory aside to be flushed; it stays readable. */
  Memtable<B> freeze() {
    if (frozen != null) {
      throw new IllegalStateException("a flush is already under way");
    }
    Memtable<B> aside = active;
    frozen = aside;
    active = new Memtable<>(readable.schema());
    return aside;
  }

  /** The frozen rows are in parts now. */
  void forgetFrozen() {
    frozen = null;
  }

  /** Forgets all rows in memory. */
  void clearMemory() {
    frozen = null;
    active = new Memtable<>(readable.schema());
  }

  long memoryBytes() {
    Memtable<B> aside = frozen;
    return active.bytes() + (aside == null ? 0 : aside.bytes());
  }

  long partBytes() {
    return parts.stream().mapToLong(live -> live.part().sizeBytes()).sum();
  }

  /** What a tenant's query reads; parts in it are pinned. */
  Snapshot<B> snapshot(TenantId tenant, DeleteSet deletes, KeptSet kept) {
    List<Memtable.Entry<B>> memory = new ArrayList<>(active.of(tenant));
    Memtable<B> aside = frozen;
    if (aside != null) {
      memory.addAll(aside.of(tenant));
    }
    List<LivePart<B>> pinned = new ArrayList<>();
    for (LivePart<B> live : parts) {
      if (!live.part().pin()) {
        pinned.forEach(each -> each.part().unpin());
        throw new IllegalStateException("%s is live but closed".formatted(live.part().name()));
      }
      pinned.add(live);
    }
    return new Snapshot<>(tenant, memory, pinned, deletes, kept, damagedBlocks);
  }
}
