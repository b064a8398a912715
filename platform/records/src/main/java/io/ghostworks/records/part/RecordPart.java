package io.ghostworks.records.part;

import com.github.luben.zstd.Zstd;
import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.Columns;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open part of records, as {@link RecordPartWriter} specifies it. Safe for use by many threads.
 * Lives as long as somebody has it pinned: the engine from opening to {@link #retire}, a query
 * while it reads.
 *
 * @param <B> the batch
 */
public final class RecordPart<B> {

  private static final Logger log = LoggerFactory.getLogger(RecordPart.class);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final int ROW_BYTES = 150;
  private static final int DIRECTORY_BYTES_MAX = 256 << 20;

  private final FileSystem files;
  private final Path path;
  private final BatchSchema<B> schema;
  private final PartReader reader;
  private final List<TenantId> tenants;
  private final List<BlockEntry> blocks;
  private final MemorySegment traces;
  private final MemorySegment traceBlocks;
  private final AtomicInteger pins = new AtomicInteger(1);
  private volatile boolean deleteAtEnd;

  private RecordPart(
      FileSystem files,
      Path path,
      BatchSchema<B> schema,
      PartReader reader,
      List<TenantId> tenants,
      List<BlockEntry> blocks)
      throws IOException {
    this.files = files;
    this.path = path;
    this.schema = schema;
    this.reader = reader;
    this.tenants = tenants;
    this.blocks = blocks;
    this.traces = reader.map("traces");
    this.traceBlocks = reader.map("traceBlocks");
  }

  /**
   * Opens a part and reads its directory; blocks are verified as they are read.
   *
   * @throws DamagedDataException if it is not such a part; the message has file and offset
   */
  public static <B> RecordPart<B> open(FileSystem files, Path path, int kind, BatchSchema<B> schema)
      throws IOException {
    PartReader reader = PartReader.open(files, path, kind);
    try {
      if (reader.kindVersion() != RecordPartWriter.KIND_VERSION) {
        throw new DamagedDataException(
            "%s must have version %d, got %d"
                .formatted(path, RecordPartWriter.KIND_VERSION, reader.kindVersion()));
      }
      reader.verify("traces");
      reader.verify("traceBlocks");
      BytesInput in = reader.read("directory", DIRECTORY_BYTES_MAX);
      List<TenantId> tenants = new ArrayList<>();
      int tenantCount = in.getVarint(in.remaining());
      for (int i = 0; i < tenantCount; i++) {
        tenants.add(new TenantId(in.getString()));
      }
      long blocksBytes = reader.section("blocks").lengthBytes();
      List<BlockEntry> blocks = new ArrayList<>();
      int blockCount = in.getVarint(in.remaining());
      for (int i = 0; i < blockCount; i++) {
        blocks.add(BlockEntry.read(in, tenantCount, blocksBytes));
      }
      return new RecordPart<>(
          files, path, schema, reader, List.copyOf(tenants), List.copyOf(blocks));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** The file's name. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  public long sizeBytes() {
    return reader.sizeBytes();
  }

  public int blocks() {
    return blocks.size();
  }

  public TenantId tenant(int block) {
    return tenants.get(blocks.get(block).tenant());
  }

  public int rows(int block) {
    return blocks.get(block).rows();
  }

  public long minTimeNanos(int block) {
    return blocks.get(block).minTimeNanos();
  }

  public long maxTimeNanos(int block) {
    return blocks.get(block).maxTimeNanos();
  }

  /** Bytes of all blocks before compression. */
  public long rawBytes() {
    return blocks.stream().mapToLong(BlockEntry::rawBytes).sum();
  }

  /** Bytes of memory that reading these columns of a block takes, about. */
  public long loadBytes(int block, Columns columns) {
    long raw = blocks.get(block).rawBytes();
    long decoded =
        switch (columns) {
          case HEAD -> raw / 4;
          case KEYS -> raw / 2;
          case ALL -> 2 * raw;
        };
    return raw + decoded + (long) ROW_BYTES * blocks.get(block).rows();
  }

  /** Reads, verifies and decodes a block whole; see {@link #read(int, Columns)}. */
  public B read(int block) {
    return read(block, Columns.ALL);
  }

  /**
   * Reads and verifies a block and decodes these columns.
   *
   * @throws UncheckedIOException if it cannot be read or is damaged; the message has file, block
   *     and offset
   */
  public B read(int block, Columns columns) {
    BlockEntry entry = blocks.get(block);
    byte[] framed = new byte[entry.lengthBytes()];
    try {
      reader.read("blocks", entry.offset(), ByteBuffer.wrap(framed));
      BytesInput content = new BytesInput(framed);
      new BlockFraming().get(new BytesInput(framed), content);
      int rawLength = entry.rawBytes();
      byte[] raw = new byte[rawLength];
      long length =
          Zstd.decompressByteArray(
              raw, 0, rawLength, content.array(), content.arrayOffset(), content.remaining());
      if (Zstd.isError(length) || length != rawLength) {
        throw new DamagedDataException("a block must decompress to %d bytes".formatted(rawLength));
      }
      B batch = schema.decode(new BytesInput(raw), columns);
      if (schema.rows(batch) != entry.rows()) {
        throw new DamagedDataException(
            "a block must have %d rows, got %d".formatted(entry.rows(), schema.rows(batch)));
      }
      return batch;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "block %d of %s at offset %d of its blocks cannot be read: %s"
              .formatted(block, path, entry.offset(), e.getMessage()),
          e);
    }
  }

  /** The blocks that have rows of a trace, ascending; empty if none has. */
  public int[] blocksOfTrace(long high, long low) {
    int from = 0;
    int to = (int) (traces.byteSize() / RecordPartWriter.TRACE_ENTRY_BYTES) - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      long at = (long) middle * RecordPartWriter.TRACE_ENTRY_BYTES;
      int order = Long.compareUnsigned(traces.get(LONG, at), high);
      if (order == 0) {
        order = Long.compareUnsigned(traces.get(LONG, at + Long.BYTES), low);
      }
      if (order == 0) {
        return list(traces.get(INT, at + 2 * Long.BYTES));
      }
      if (order < 0) {
        from = middle + 1;
      } else {
        to = middle - 1;
      }
    }
    return new int[0];
  }

  private int[] list(int offset) {
    long at = Integer.toUnsignedLong(offset);
    long[] cursor = {at};
    int[] list = new int[Math.min(varint(cursor), blocks.size())];
    int before = 0;
    for (int i = 0; i < list.length; i++) {
      before += varint(cursor);
      list[i] = before;
    }
    return list;
  }

  private int varint(long[] cursor) {
    int value = 0;
    for (int shift = 0; shift < 32; shift += 7) {
      byte next = traceBlocks.get(ValueLayout.JAVA_BYTE, cursor[0]++);
      value |= (next & 0x7f) << shift;
      if (next >= 0) {
        break;
      }
    }
    return value;
  }

  /** Keeps the part open; false if it is already gone. */
  public boolean pin() {
    while (true) {
      int before = pins.get();
      if (before == 0) {
        return false;
      }
      if (pins.compareAndSet(before, before + 1)) {
        return true;
      }
    }
  }

  /** Takes a pin back; the last one closes, and deletes if the part was retired for good. */
  public void unpin() {
    if (pins.decrementAndGet() == 0) {
      try {
        reader.close();
        if (deleteAtEnd) {
          files.delete(path);
        }
      } catch (IOException e) {
        // The reader who happens to be last is not to blame; the file goes at the next start.
        log.warn("{} cannot be closed or deleted", path, e);
      }
    }
  }

  /**
   * Takes the engine's own pin back.
   *
   * @param delete whether the file goes with the last pin; the manifest no longer names it
   */
  public void retire(boolean delete) {
    deleteAtEnd = delete;
    unpin();
  }
}
