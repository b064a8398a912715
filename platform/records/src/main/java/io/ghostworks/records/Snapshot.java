package io.ghostworks.records;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.part.RecordPart;
import io.ghostworks.records.scan.RowSource;
import java.util.ArrayList;
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

  Snapshot(TenantId tenant, List<RowSource<B>> memory, List<RecordPart<B>> parts) {
    this.tenant = tenant;
    this.memory = memory;
    this.parts = parts;
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

  /** The tenant's rows that may belong to a trace. */
  List<RowSource<B>> sourcesOfTrace(long high, long low) {
    List<RowSource<B>> sources = new ArrayList<>(memory);
    for (RecordPart<B> part : parts) {
      for (int block : part.blocksOfTrace(high, low)) {
        if (part.tenant(block).equals(tenant)) {
          sources.add(new Block(part, block));
        }
      }
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
    public B load() {
      return part.read(number);
    }

    @Override
    public long loadBytes() {
      return part.loadBytes(number);
    }
  }
}
