package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.Columns;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.RowSource;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What one query of one tenant reads, unchanged while it is open. Parts are pinned until {@link
 * #close}.
 *
 * @param <B> the batch
 */
final class Snapshot<B> implements AutoCloseable {

  private final TenantId tenant;
  private final List<RowSource<B>> memory;
  private final List<RecordPart<B>> parts;
  private final DamagedBlocks damagedBlocks;

  Snapshot(
      TenantId tenant,
      List<RowSource<B>> memory,
      List<RecordPart<B>> parts,
      DamagedBlocks damagedBlocks) {
    this.tenant = tenant;
    this.memory = memory;
    this.parts = parts;
    this.damagedBlocks = damagedBlocks;
  }

  /** All rows of the tenant. */
  List<RowSource<B>> sources() {
    List<RowSource<B>> sources = new ArrayList<>(memory);
    for (RecordPart<B> part : parts) {
      for (int block = 0; block < part.blocks(); block++) {
        if (part.tenant(block).equals(tenant)) {
          sources.add(new Block(part, block));
        }
      }
    }
    return sources;
  }

  /** The tenant's rows that may belong to one of these traces; each block once. */
  List<RowSource<B>> sourcesOfTraces(Collection<TraceKey> traces) {
    List<RowSource<B>> sources = new ArrayList<>(memory);
    for (RecordPart<B> part : parts) {
      BitSet blocks = new BitSet(part.blocks());
      for (TraceKey trace : traces) {
        for (int block : part.blocksOfTrace(trace.high(), trace.low())) {
          blocks.set(block);
        }
      }
      blocks.stream()
          .filter(block -> part.tenant(block).equals(tenant))
          .forEach(block -> sources.add(new Block(part, block)));
    }
    return sources;
  }

  @Override
  public void close() {
    parts.forEach(RecordPart::unpin);
  }

  private final class Block implements RowSource<B> {
    private final RecordPart<B> part;
    private final int number;

    Block(RecordPart<B> part, int number) {
      this.part = part;
      this.number = number;
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
    public B load(Columns columns) {
      try {
        return part.read(number, columns);
      } catch (UncheckedIOException e) {
        damagedBlocks.found(part.name(), number, e);
        throw e;
      }
    }

    @Override
    public long loadBytes(Columns columns) {
      return part.loadBytes(number, columns);
    }
  }
}
