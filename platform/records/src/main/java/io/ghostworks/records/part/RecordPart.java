package io.ghostworks.records.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.batch.Columns;
import io.ghostworks.records.column.Blob;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.text.NeedleTerms;
import io.ghostworks.records.text.WordDictionary;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
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
  private static final int ROW_BYTES = 150;
  private static final int DIRECTORY_BYTES_MAX = 256 << 20;
  private static final long NO_FILTER = -1;

  private final FileSystem files;
  private final Path path;
  private final BatchSchema<B> schema;
  private final PartReader reader;
  private final List<TenantId> tenants;
  private final List<BlockEntry> blocks;
  private final TraceTable traces;
  private final AtomicLongArray filterPlaces;
  private final AtomicInteger pins = new AtomicInteger(1);
  private volatile @Nullable Path companion;
  private volatile boolean deleteAtEnd;
  private volatile SoftReference<WordDictionary> words = new SoftReference<>(null);
  private volatile SoftReference<@Nullable Resolved> resolved = new SoftReference<>(null);

  private RecordPart(
      FileSystem files,
      Path path,
      BatchSchema<B> schema,
      PartReader reader,
      List<TenantId> tenants,
      List<BlockEntry> blocks,
      TraceTable traces) {
    this.files = files;
    this.path = path;
    this.schema = schema;
    this.reader = reader;
    this.tenants = tenants;
    this.blocks = blocks;
    this.traces = traces;
    this.filterPlaces = new AtomicLongArray(blocks.size());
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
      int version = reader.kindVersion();
      if (version < 1 || version > RecordPartWriter.KIND_VERSION) {
        throw new DamagedDataException(
            "%s must have a version from 1 to %d, got %d"
                .formatted(path, RecordPartWriter.KIND_VERSION, version));
      }
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
        blocks.add(BlockEntry.read(in, tenantCount, blocksBytes, version));
      }
      return new RecordPart<>(
          files,
          path,
          schema,
          reader,
          List.copyOf(tenants),
          List.copyOf(blocks),
          TraceTable.open(reader, blocks.size()));
    } catch (IOException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /** The file. */
  public Path path() {
    return path;
  }

  /** Another file goes when this one does. */
  public void deleteWith(Path beside) {
    companion = beside;
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
  public long loadBytes(int block, ColumnSet wanted) {
    long raw = blocks.get(block).rawBytes();
    long rows = (long) ROW_BYTES * blocks.get(block).rows();
    if (isColumnar()) {
      return (wanted.columns() == Columns.ALL ? 2 * raw : raw / 2) + rows;
    }
    return raw
        + rows
        + switch (wanted.columns()) {
          case HEAD -> raw / 4;
          case KEYS -> raw / 2;
          case ALL -> 2 * raw;
        };
  }

  /** Whether blocks can be read column by column. */
  public boolean isColumnar() {
    return reader.kindVersion() > 1;
  }

  /** Reads, verifies and decodes a block whole; see {@link #read(int, ColumnSet)}. */
  public B read(int block) {
    return read(block, ColumnSet.ALL);
  }

  /**
   * Reads and verifies a block and decodes at least these columns.
   *
   * @throws UncheckedIOException if it cannot be read or is damaged; the message has file, block
   *     and offset
   */
  public B read(int block, ColumnSet wanted) {
    if (isColumnar()) {
      int[] rows = new int[rows(block)];
      Arrays.setAll(rows, row -> row);
      return read(columns(block), block, rows, wanted);
    }
    try {
      return RowBlock.read(reader, blocks.get(block), schema, wanted.columns());
    } catch (IOException e) {
      throw failed(block, e);
    }
  }

  /**
   * Some rows of a block that is open.
   *
   * @param rows ascending
   */
  public B read(ColumnBlock columns, int block, int[] rows, ColumnSet wanted) {
    try {
      return schema.get(columns, rows, wanted);
    } catch (IOException e) {
      throw failed(block, e);
    }
  }

  /** Opens a block of a columnar part; see {@link #isColumnar}. */
  public ColumnBlock columns(int block) {
    return open(block);
  }

  private OpenBlock open(int block) {
    BlockEntry entry = blocks.get(block);
    try {
      byte[] framed = bytes(entry.offset(), entry.headerBytes());
      BytesInput content = new BytesInput(framed);
      new BlockFraming().get(new BytesInput(framed), content);
      return new OpenBlock(
          new ColumnSource(block, entry),
          Blob.get(content),
          entry.rows(),
          entry.lengthBytes() - entry.headerBytes());
    } catch (IOException e) {
      throw failed(block, e);
    }
  }

  private byte[] bytes(long offset, int length) throws IOException {
    byte[] bytes = new byte[length];
    reader.read("blocks", offset, ByteBuffer.wrap(bytes));
    return bytes;
  }

  /** Tells file, block and offset of what is wrong with a block. */
  public UncheckedIOException failed(int block, IOException e) {
    return new UncheckedIOException(
        "block %d of %s at offset %d of its blocks cannot be read: %s"
            .formatted(block, path, blocks.get(block).offset(), e.getMessage()),
        e);
  }

  private final class ColumnSource implements OpenBlock.Source {
    private final int block;
    private final BlockEntry entry;

    ColumnSource(int block, BlockEntry entry) {
      this.block = block;
      this.entry = entry;
    }

    @Override
    public byte[] read(long offset, int length) throws IOException {
      return bytes(entry.offset() + entry.headerBytes() + offset, length);
    }

    @Override
    public long traceHalf(long ordinal, boolean high) throws DamagedDataException {
      return traces.half(ordinal, high);
    }

    @Override
    public BitSet traceOrdinals(Set<TraceKey> ids) {
      return RecordPart.this.traceOrdinals(ids);
    }

    @Override
    public UncheckedIOException failed(IOException cause) {
      return RecordPart.this.failed(block, cause);
    }
  }

  /**
   * Takes from a set the blocks that have no body with one of these terms. Bodies that are no texts
   * count as the texts that they are shown as.
   *
   * @throws UncheckedIOException if the words of the part or a filter of ids cannot be read
   */
  public void retain(List<NeedleTerms> alternatives, BitSet candidates) {
    BitSet found = new BitSet(blocks.size());
    for (NeedleTerms terms : alternatives) {
      BitSet left = (BitSet) candidates.clone();
      left.andNot(found);
      try {
        if (terms.hasWords() && reader.has("words")) {
          dictionary().retain(terms, left);
        }
        if (terms.hasIds() && isColumnar()) {
          retainIds(terms, left);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            "the index of %s cannot be read: %s".formatted(path, e.getMessage()), e);
      }
      found.or(left);
    }
    candidates.and(found);
  }

  private void retainIds(NeedleTerms terms, BitSet candidates) throws IOException {
    for (int block = candidates.nextSetBit(0);
        block >= 0;
        block = candidates.nextSetBit(block + 1)) {
      long place = filterPlace(block);
      if (place == NO_FILTER) {
        continue;
      }
      long from = blocks.get(block).offset() + (place >>> Integer.SIZE);
      if (!terms.mayBeIn(
          (int) place,
          (offset, target) -> reader.read("blocks", from + offset, ByteBuffer.wrap(target)))) {
        candidates.clear(block);
      }
    }
  }

  /**
   * Offset in its block (high half) and length of a block's filter of ids. Its checksum is compared
   * when it is asked for first.
   */
  private long filterPlace(int block) {
    long known = filterPlaces.get(block);
    if (known == 0) {
      known = readFilterPlace(block);
      filterPlaces.set(block, known);
    }
    return known;
  }

  private long readFilterPlace(int block) {
    try {
      OpenBlock open = open(block);
      if (open.bytes(ColumnKind.TOKENS) == null) {
        return NO_FILTER;
      }
      long place = open.place(ColumnKind.TOKENS);
      return place + ((long) blocks.get(block).headerBytes() << Integer.SIZE);
    } catch (UncheckedIOException e) {
      // Who reads the block is told what is damaged.
      return NO_FILTER;
    }
  }

  /** The dictionary, read again where memory was short meanwhile. */
  private WordDictionary dictionary() throws IOException {
    WordDictionary known = words.get();
    if (known == null) {
      known = WordDictionary.open(reader.read("words", DIRECTORY_BYTES_MAX), blocks.size());
      words = new SoftReference<>(known);
    }
    return known;
  }

  /** The blocks that have rows of a trace, ascending; empty if none has. */
  public int[] blocksOfTrace(long high, long low) {
    return traces.blocksOf(high, low);
  }

  /** The ordinal of a trace; 0 if the part has no row of it. Of columnar parts. */
  public long traceOrdinal(long high, long low) {
    return traces.ordinal(high, low);
  }

  /**
   * The ordinals of those of some traces that have rows here; only to be read. The last answer is
   * kept for the next block that is asked the same.
   */
  public BitSet traceOrdinals(Set<TraceKey> ids) {
    Resolved known = resolved.get();
    if (known == null || !known.ids().equals(ids)) {
      BitSet ordinals = new BitSet();
      for (TraceKey id : ids) {
        ordinals.set((int) traces.ordinal(id.high(), id.low()));
      }
      ordinals.clear(0);
      known = new Resolved(ids, ordinals);
      resolved = new SoftReference<>(known);
    }
    return known.ordinals();
  }

  /** Traces that were asked for, and their ordinals. */
  private record Resolved(Set<TraceKey> ids, BitSet ordinals) {}

  /** How many traces have rows here. */
  public int traces() {
    return traces.size();
  }

  /** The id of the trace with an ordinal, from 1. Of columnar parts. */
  public TraceKey trace(long ordinal) {
    try {
      return new TraceKey(traces.half(ordinal, true), traces.half(ordinal, false));
    } catch (DamagedDataException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The times of a trace's rows, widened to whole milliseconds; null where the part does not know
   * them: of an older version.
   */
  public RecordSource.@Nullable TimeRange timesOfTrace(long ordinal) {
    return traces.times(ordinal);
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
          Path beside = companion;
          if (beside != null) {
            files.deleteIfExists(beside);
          }
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
