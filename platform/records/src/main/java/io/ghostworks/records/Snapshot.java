package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.SignalStore.LivePart;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.rollup.TimeRanges;
import io.ghostworks.records.scan.RowSource;
import io.ghostworks.records.text.NeedleTerms;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one query of one tenant reads, unchanged while it is open. Parts are pinned until {@link
 * #close}.
 *
 * @param <B> the batch
 */
final class Snapshot<B> implements AutoCloseable {

  private final TenantId tenant;
  private final List<Memtable.Entry<B>> memory;
  private final List<LivePart<B>> parts;
  private final DeleteSet deletes;
  private final KeptSet kept;
  private final DamagedBlocks damagedBlocks;

  /**
   * @param deletes that may hide rows of these
   * @param kept the traces whose copied rows are seen
   */
  Snapshot(
      TenantId tenant,
      List<Memtable.Entry<B>> memory,
      List<LivePart<B>> parts,
      DeleteSet deletes,
      KeptSet kept,
      DamagedBlocks damagedBlocks) {
    this.tenant = tenant;
    this.memory = memory;
    this.parts = parts;
    this.deletes = deletes;
    this.kept = kept;
    this.damagedBlocks = damagedBlocks;
  }

  /** All rows of the tenant. */
  List<RowSource<B>> sources() {
    return sources(List.of(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * The rows of the tenant that may lie in a range of time, without those of which an index knows
   * that their bodies do not have one of each of these lists.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  List<RowSource<B>> sources(List<List<NeedleTerms>> needles, long startNanos, long endNanos) {
    List<RowSource<B>> sources = inMemory();
    for (LivePart<B> live : parts) {
      RecordPart<B> part = live.part();
      BitSet blocks = new BitSet(part.blocks());
      for (int block = 0; block < part.blocks(); block++) {
        blocks.set(
            block,
            part.tenant(block).equals(tenant)
                && part.maxTimeNanos(block) >= startNanos
                && part.minTimeNanos(block) < endNanos);
      }
      needles.forEach(alternatives -> part.retain(alternatives, blocks));
      blocks.stream().forEach(block -> sources.add(new Block(live, block)));
    }
    return sources;
  }

  /** The tenant's rows that may belong to one of these traces; each block once. */
  List<RowSource<B>> sourcesOfTraces(Collection<TraceKey> traces) {
    List<RowSource<B>> sources = inMemory();
    for (LivePart<B> live : parts) {
      RecordPart<B> part = live.part();
      BitSet blocks = new BitSet(part.blocks());
      for (TraceKey trace : traces) {
        for (int block : part.blocksOfTrace(trace.high(), trace.low())) {
          blocks.set(block);
        }
      }
      blocks.stream()
          .filter(block -> part.tenant(block).equals(tenant))
          .forEach(block -> sources.add(new Block(live, block)));
    }
    return sources;
  }

  List<LivePart<B>> parts() {
    return parts;
  }

  /** The times of the tenant's rows in a part; an empty range if it has none. */
  TimeRanges.Range times(LivePart<B> live) {
    long min = Long.MAX_VALUE;
    long end = Long.MIN_VALUE;
    for (int block = 0; block < live.part().blocks(); block++) {
      if (live.part().tenant(block).equals(tenant)) {
        min = Math.min(min, live.part().minTimeNanos(block));
        end = Math.max(end, live.part().maxTimeNanos(block) + 1);
      }
    }
    return new TimeRanges.Range(min, end);
  }

  /** The deletes that may hide the tenant's rows in a part. */
  List<RecordDelete> hiding(LivePart<B> live) {
    TimeRanges.Range times = times(live);
    return deletes.hiding(
        tenant, live.retention(), live.sequence(), times.startNanos(), times.endNanos());
  }

  /** Which rows of a class are seen: neither deleted nor of a trace that was given up. */
  private Filter seen(RetentionClass retention, List<RecordDelete> hiding) {
    Filter undeleted = DeleteSet.visible(hiding);
    return retention.equals(RetentionClass.KEPT)
        ? new Filter.And(List.of(kept.visible(tenant), undeleted))
        : undeleted;
  }

  /** The tenant's rows that are in no part. */
  List<RowSource<B>> inMemory() {
    List<RowSource<B>> sources = new ArrayList<>();
    for (Memtable.Entry<B> entry : memory) {
      Filter visible =
          seen(
              entry.retention(),
              deletes.hiding(
                  tenant,
                  entry.retention(),
                  entry.sequence(),
                  entry.minTimeNanos(),
                  entry.maxTimeNanos()));
      sources.add(visible.equals(Filter.ALL) ? entry : new HidingEntry<>(entry, visible));
    }
    return sources;
  }

  /** Rows in memory of which some are deleted. */
  private record HidingEntry<B>(Memtable.Entry<B> entry, Filter visible) implements RowSource<B> {
    @Override
    public long minTimeNanos() {
      return entry.minTimeNanos();
    }

    @Override
    public long maxTimeNanos() {
      return entry.maxTimeNanos();
    }

    @Override
    public B load(ColumnSet columns) {
      return entry.batch();
    }

    @Override
    public long loadBytes(ColumnSet columns) {
      return 0;
    }
  }

  @Override
  public void close() {
    parts.forEach(live -> live.part().unpin());
  }

  private final class Block implements RowSource<B> {
    private final RecordPart<B> part;
    private final int number;
    private final Filter visible;

    Block(LivePart<B> live, int number) {
      this.part = live.part();
      this.number = number;
      this.visible = seen(live.retention(), live.hiding(deletes, number));
    }

    @Override
    public Filter visible() {
      return visible;
    }

    @Override
    public long minTimeNanos() {
      return part.minTimeNanos(number);
    }

    @Override
    public long maxTimeNanos() {
      return part.maxTimeNanos(number);
    }

    @Override
    public Object origin() {
      return part;
    }

    @Override
    public @Nullable ColumnBlock open() {
      return part.isColumnar() ? checked(() -> part.columns(number)) : null;
    }

    @Override
    public B load(ColumnBlock block, int[] rows, ColumnSet columns) {
      return checked(() -> part.read(block, number, rows, columns));
    }

    @Override
    public B load(ColumnSet columns) {
      return checked(() -> part.read(number, columns));
    }

    @Override
    public UncheckedIOException damaged(IOException cause) {
      UncheckedIOException damage = part.failed(number, cause);
      damagedBlocks.found(part.name(), number, damage);
      return damage;
    }

    private <T> T checked(Supplier<T> reading) {
      try {
        return reading.get();
      } catch (UncheckedIOException e) {
        damagedBlocks.found(part.name(), number, e);
        throw e;
      }
    }

    @Override
    public long loadBytes(ColumnSet columns) {
      return part.loadBytes(number, columns);
    }
  }
}
