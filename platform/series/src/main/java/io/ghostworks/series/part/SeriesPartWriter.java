package io.ghostworks.series.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.series.chunk.BucketColumn;
import io.ghostworks.series.chunk.ChunkCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.chunk.SeriesChunkCodec;
import io.ghostworks.series.level.LevelBuffer;
import io.ghostworks.series.level.LevelChunkCodec;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one part of series: a {@link PartWriter} file of kind 0x5301, version 2. Integers are
 * little-endian; a symbol is a text's number, a series' number is its place in the file.
 *
 * <pre>
 * chunks       := block*                       // framed by {@link BlockFraming}, each with its checksum
 * block        := times | run                  // times as in {@link ChunkCodec}; a run holds all chunks of one series
 * run          := before:varint chunk*         // the number of the series minus that of the bucket before; chunks ascend in time and do not overlap
 * chunk        := times:zigzag length:varint samples         // number of the column of times, minus that of the chunk before; samples as in {@link SeriesChunkCodec}
 * times        := offset:u64[]                 // of each column of times in "chunks"
 * series       := (labels:u32 chunks:u32 run:u64 minMs:i64 maxMs:i64)[]   // sorted by tenant, then labels; offsets in "labels" and "chunks"
 * labels       := (count:varint (name:varint value:varint)[count])*       // symbols; sorted by name's text
 * symbols      := count:u32 end:u32[count] utf8                           // texts in the order of their first use
 * symbol-order := symbol:u32[count]                                       // the same, sorted by text's bytes
 * tenants      := count:varint (id firstSeries:varint series:varint firstName:varint names:varint)[count]   // sorted by id
 * names        := (symbol:u32 firstPair:u32)[] and one more whose firstPair ends the last one              // by tenant, then symbol
 * pairs        := (value:u32 postings:u32)[]                              // by name, then symbol; offset in "postings"
 * postings     := (count:varint gap:varint[count])*                       // ascending series, counted from the tenant's first; gap - 1 to the one before
 * </pre>
 *
 * Of the buckets of a classic histogram each may stand as difference to that bucket of it which
 * stands before it in the file, chunk by chunk where times are the same; a few such references lead
 * to a bucket that stands alone.
 *
 * <p>A column of times is shared by all chunks with the same times: the series of one target.
 * Chunks end at multiples of two hours, so that they share also after a series began late. What a
 * crash leaves has no footer and stands in no manifest. Readers verify the sections of the index
 * once and each block whenever it is read.
 *
 * <p>Version 1, which is still read, had {@code run := chunk*}, the whole number of the column of
 * times in each chunk, and samples as in {@link ChunkCodec}.
 *
 * <p>A part of downsampled rows is the same file with kind 0x5304, version 1, one section more, and
 * {@link LevelChunkCodec} in the place of {@link ChunkCodec}; its runs are as in version 1, and its
 * chunks do not end at multiples of two hours:
 *
 * <pre>
 * resolution   := windowMs:varint              // the length of the windows of all rows
 * </pre>
 *
 * <p>Not thread-safe. Series must come in order.
 */
public final class SeriesPartWriter implements AutoCloseable {
  /** Chunks never cross a multiple of this. */
  static final long CHUNK_GRID_MS = 7_200_000;

  private static final int BYTES_MAX = Integer.MAX_VALUE - 64;

  /** A bucket of more samples stands alone, so that a reader can remember several. */
  private static final int BUCKET_SAMPLES_MAX = BucketGroups.COUNTS_MAX / 8;

  private final PartWriter file;
  private final ChunkCodec timesCodec = new ChunkCodec();
  private final SeriesChunkCodec codec = new SeriesChunkCodec();
  private final BucketGroups buckets = new BucketGroups();
  private final int resolutionMs;
  private final LevelChunkCodec rowCodec = new LevelChunkCodec();
  private final BlockFraming framing = new BlockFraming();
  private final TimesTable times = new TimesTable();
  private final StringTable symbols = new StringTable();
  private final IndexSections index = new IndexSections();
  private final BytesOutput series = new BytesOutput(4096, BYTES_MAX);
  private final BytesOutput labels = new BytesOutput(4096, BYTES_MAX);
  private final BytesOutput chunks = new BytesOutput(4096, SeriesPartFormat.RUN_BYTES_MAX);
  private final BytesOutput run = new BytesOutput(4096, SeriesPartFormat.RUN_BYTES_MAX);
  private final BytesOutput column = new BytesOutput(1024, BYTES_MAX);
  private final BytesOutput block = new BytesOutput(4096, BYTES_MAX);
  private @Nullable TenantId tenant;
  private int seriesCount;
  private int labelsOfTenant;
  private long samples;
  private long minTimestampMs = Long.MAX_VALUE;
  private long maxTimestampMs = Long.MIN_VALUE;

  private SeriesPartWriter(PartWriter file, int resolutionMs) throws IOException {
    this.file = file;
    this.resolutionMs = resolutionMs;
    file.beginSection(SeriesPartFormat.CHUNKS);
  }

  /** Creates the file, which must not exist. */
  public static SeriesPartWriter create(FileSystem files, Path path) throws IOException {
    return new SeriesPartWriter(
        PartWriter.create(files, path, SeriesPartFormat.KIND, SeriesPartFormat.VERSION), 0);
  }

  /** Creates the file of rows of one resolution, which must not exist. */
  public static SeriesPartWriter createRows(FileSystem files, Path path, int resolutionMs)
      throws IOException {
    if (resolutionMs < 1) {
      throw new IllegalArgumentException(
          "the windows of rows must be at least 1 ms long, got %d".formatted(resolutionMs));
    }
    return new SeriesPartWriter(
        PartWriter.create(files, path, SeriesPartFormat.LEVEL_KIND, SeriesPartFormat.LEVEL_VERSION),
        resolutionMs);
  }

  /** The number of series so far. */
  public int seriesCount() {
    return seriesCount;
  }

  /** Adds a series with its samples, which are normalized and at least one. */
  public void add(TenantId owner, Labels labelSet, SampleBuffer buffer) throws IOException {
    beginSeries(owner);
    int size = buffer.size();
    int count = encodeRun(BucketGroups.histogram(labelSet), buffer);
    endSeries(labelSet, count, buffer.timestampMs(0), buffer.timestampMs(size - 1), size);
  }

  /** Adds a series with its rows of this part's resolution, which ascend and are at least one. */
  public void add(TenantId owner, Labels labelSet, LevelBuffer rows) throws IOException {
    beginSeries(owner);
    int size = rows.size();
    int count = encodeRun(rows);
    endSeries(labelSet, count, rows.firstMs(0), rows.lastMs(size - 1), size);
  }

  private void beginSeries(TenantId owner) throws IOException {
    if (!owner.equals(tenant)) {
      endTenant();
      tenant = owner;
      buckets.clear();
      labelsOfTenant = labels.position();
      index.beginTenant(owner, seriesCount);
    }
  }

  private void endSeries(Labels labelSet, int count, long minMs, long maxMs, int size)
      throws IOException {
    series.putInt(labels.position());
    series.putInt(count);
    series.putLong(writeBlock(run));
    series.putLong(minMs);
    series.putLong(maxMs);
    putLabels(labelSet);
    seriesCount++;
    samples += size;
    minTimestampMs = Math.min(minTimestampMs, minMs);
    maxTimestampMs = Math.max(maxTimestampMs, maxMs);
  }

  /** Ends the file and makes it durable. */
  public PartFacts finish() throws IOException {
    endTenant();
    file.endSection();
    file.section(SeriesPartFormat.TIMES, times.offsets());
    file.section(SeriesPartFormat.SERIES, series);
    file.section(SeriesPartFormat.LABELS, labels);
    writeSymbols();
    index.write(file);
    if (resolutionMs > 0) {
      column.clear();
      column.putVarint(resolutionMs);
      file.section(SeriesPartFormat.RESOLUTION, column);
    }
    long size = file.finish();
    return new PartFacts(
        minTimestampMs, maxTimestampMs, samples, seriesCount, size, 0, resolutionMs, List.of());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int encodeRun(long histogram, SampleBuffer buffer) throws IOException {
    BucketGroups.Bucket before = histogram == 0 ? null : buckets.find(histogram);
    if (before != null && !before.mayBeReferred()) {
      before = null;
    }
    BucketGroups.Bucket own =
        histogram == 0 || buffer.size() > BUCKET_SAMPLES_MAX
            ? null
            : new BucketGroups.Bucket(seriesCount);
    chunks.clear();
    boolean referred = false;
    int count = 0;
    int lastTimes = 0;
    for (int from = 0, to; from < buffer.size(); from = to) {
      to = chunkEnd(buffer, from);
      int number = times(buffer, from, to);
      chunks.putZigzag(number - lastTimes);
      lastTimes = number;
      column.clear();
      BucketColumn kept = own == null ? null : new BucketColumn();
      BucketColumn known = before == null || own == null ? null : before.column(number);
      referred |= codec.encode(buffer, from, to, known, kept, column);
      if (own != null && kept != null && kept.size() > 0) {
        own.put(number, kept);
      }
      chunks.putLengthAndBytes(column.array(), 0, column.position());
      count++;
    }
    run.clear();
    run.putVarint(referred && before != null ? seriesCount - before.series() : 0);
    run.putBytes(chunks.array(), 0, chunks.position());
    if (own != null) {
      own.stands(referred && before != null ? before.depth() + 1 : 0);
      buckets.put(histogram, own);
    }
    return count;
  }

  private int times(SampleBuffer buffer, int from, int to) throws IOException {
    long[] timestampsMs = buffer.columns().timestampsMs();
    int number = times.recent(timestampsMs, from, to);
    if (number < 0) {
      column.clear();
      timesCodec.encodeTimes(buffer, from, to, column);
      number = timesNumber();
      times.use(timestampsMs, from, to, number);
    }
    return number;
  }

  private int encodeRun(LevelBuffer rows) throws IOException {
    run.clear();
    int count = 0;
    int from = 0;
    while (from < rows.size()) {
      int limit = Math.min(rows.size(), from + LevelChunkCodec.ROWS_MAX);
      int to = from + 1;
      while (to < limit && LevelChunkCodec.sameKind(rows, to, from)) {
        to++;
      }
      column.clear();
      rowCodec.encodeTimes(rows, from, to, column);
      run.putVarint(timesNumber());
      column.clear();
      rowCodec.encode(rows, from, to, column);
      run.putLengthAndBytes(column.array(), 0, column.position());
      from = to;
      count++;
    }
    return count;
  }

  /** The number of the column of times that stands in the buffer. */
  private int timesNumber() throws IOException {
    int number = times.find(column);
    return number < 0 ? times.add(column, writeBlock(column)) : number;
  }

  private static int chunkEnd(SampleBuffer buffer, int from) {
    long cell = Math.floorDiv(buffer.timestampMs(from), CHUNK_GRID_MS);
    boolean histogram = buffer.histogram(from) != null;
    int limit = Math.min(buffer.size(), from + ChunkCodec.SAMPLES_MAX);
    int to = from + 1;
    while (to < limit
        && Math.floorDiv(buffer.timestampMs(to), CHUNK_GRID_MS) == cell
        && (buffer.histogram(to) != null) == histogram) {
      to++;
    }
    return to;
  }

  private long writeBlock(BytesOutput content) throws IOException {
    long offset = file.sectionPosition();
    block.clear();
    framing.put(block, content.array(), 0, content.position());
    file.write(block);
    return offset;
  }

  private void putLabels(Labels labelSet) {
    labels.putVarint(labelSet.size());
    for (int i = 0; i < labelSet.size(); i++) {
      labels.putVarint(symbols.intern(labelSet.name(i)));
      labels.putVarint(symbols.intern(labelSet.value(i)));
    }
  }

  private void endTenant() throws IOException {
    if (tenant != null) {
      index.endTenant(labels.array(), labelsOfTenant, labels.position(), seriesCount);
    }
  }

  private void writeSymbols() throws IOException {
    int count = symbols.size();
    BytesOutput ends = new BytesOutput(4 * count + 8, BYTES_MAX);
    ends.putInt(count);
    int end = 0;
    for (int i = 0; i < count; i++) {
      end += ByteArena.length(symbols.slice(i));
      ends.putInt(end);
    }
    file.beginSection(SeriesPartFormat.SYMBOLS);
    file.write(ends);
    byte[] bytes = symbols.arena().array();
    Integer[] order = new Integer[count];
    for (int i = 0; i < count; i++) {
      long slice = symbols.slice(i);
      file.write(bytes, ByteArena.offset(slice), ByteArena.length(slice));
      order[i] = i;
    }
    file.endSection();
    Arrays.sort(order, (left, right) -> compareSymbols(bytes, left, right));
    BytesOutput sorted = new BytesOutput(4 * count + 8, BYTES_MAX);
    for (int symbol : order) {
      sorted.putInt(symbol);
    }
    file.section(SeriesPartFormat.SYMBOL_ORDER, sorted);
  }

  private int compareSymbols(byte[] bytes, int left, int right) {
    long l = symbols.slice(left);
    long r = symbols.slice(right);
    return Arrays.compareUnsigned(
        bytes,
        ByteArena.offset(l),
        ByteArena.offset(l) + ByteArena.length(l),
        bytes,
        ByteArena.offset(r),
        ByteArena.offset(r) + ByteArena.length(r));
  }
}
