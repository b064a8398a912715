package io.ghostworks.records.part;

import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.records.column.Blob;
import io.ghostworks.records.text.WordDictionaryWriter;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a part of records, version 3: blocks of at most {@value #BLOCK_ROWS_MAX} rows of one
 * tenant, tenants in order, and within a tenant the rows as they are added. A block is stored
 * column by column, so that a reader fetches and decodes only what it needs. Integers are
 * little-endian.
 *
 * <pre>
 * section "blocks"      := block[blocks]
 * block                 := frame(header) chunk[columns]          // BlockFraming: length and checksum
 * header                := blob of: rows:varint keys:varint (length:varint bytes)[keys] columns:varint column[columns]
 * column                := kind:u8 [key:varint type:u8] length:varint crc32c:u32 zone     // key and type for BODY and attributes alone
 * chunk                 := as the column's kind and type say     // end to end in the order of the columns; the checksum covers it
 * section "directory"   := tenants:varint tenant:string[tenants] blocks:varint entry[blocks]
 * entry                 := tenant:varint rows:varint offset:varint header:varint length:varint memory:varint minTimeNanos:i64 maxTimeNanos:i64
 * section "traceIds"    := (high:u64 low:u64)[traces]            // by ordinal, from 1, in the order of their first row
 * section "traces"      := (ordinal:u32 blocks:u32)[traces]      // by id, unsigned
 * section "traceBlocks" := list*
 * list                  := count:varint delta:varint[count]      // ascending block numbers, the first to 0
 * section "traceTimes"  := baseMs:i64 (start:u32 length:u32)[traces]  // by ordinal: ms from the base to the earliest start, from there to behind the latest end; 2^32 - 1: so much or more
 * section "words"       := which blocks have the words of bodies, as {@code WordDictionaryWriter} puts it; only where there are bodies
 * </pre>
 *
 * {@code header} is the length of the header's frame, {@code length} that of the block with it.
 * {@code blocks} is a block's number with the highest bit set, or the offset of a list. Kinds of
 * columns are those of {@link io.ghostworks.records.column.ColumnKind}; a kind that is missing is 0
 * or "" in every row. Integers, booleans and numbers are put by {@code LongsCodec}, doubles by
 * {@code DoublesCodec}, texts and bytes by {@code TextsCodec}, bodies that are texts by {@code
 * TextColumnWriter}, kinds with a form of their own as a {@code Blob}. Values that have no column
 * of their own (a part has at most {@value BlockEncoder#OWN_COLUMNS_MAX}) are packed as {@code
 * AttributeShapes} says.
 *
 * <p>Version 2 had no "traceTimes", and events and links of all rows in one column DETAILS.
 *
 * <p>Version 1 had one frame a block: zstd of the batch as the schema's encode puts it; its
 * directory had no header lengths, and a trace entry was {@code high:u64 low:u64 listOffset:u32}.
 * Both are read, never written.
 *
 * <p>Finished by {@link PartWriter}: durable with its name, or garbage.
 *
 * @param <B> the batch
 */
public final class RecordPartWriter<B> implements AutoCloseable {

  static final int KIND_VERSION = 3;
  static final int BLOCK_ROWS_MAX = 8_192;
  static final int RAW_BYTES_MAX = 512 << 20;
  private static final int BLOCK_BYTES_MAX = 8 << 20;

  private final PartWriter writer;
  private final BatchSchema<B> schema;
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput compressed = new BytesOutput(1 << 12, RAW_BYTES_MAX);
  private final BytesOutput framed = new BytesOutput(1 << 12, RAW_BYTES_MAX);
  private final List<String> tenants = new ArrayList<>();
  private final List<BlockEntry> blocks = new ArrayList<>();
  private final TraceTableBuilder traces = new TraceTableBuilder();
  private final WordDictionaryWriter words = new WordDictionaryWriter();
  private final BlockEncoder encoder;
  private boolean hasBodies;

  private RecordPartWriter(PartWriter writer, BatchSchema<B> schema) {
    this.writer = writer;
    this.schema = schema;
    this.encoder =
        new BlockEncoder(
            (high, low, start, end) -> traces.ordinal(high, low, start, end, blocks.size()));
  }

  /**
   * @param kind the part kind of the schema's rows
   */
  public static <B> RecordPartWriter<B> create(
      FileSystem files, Path path, int kind, BatchSchema<B> schema) throws IOException {
    PartWriter writer = PartWriter.create(files, path, kind, KIND_VERSION);
    writer.beginSection("blocks");
    return new RecordPartWriter<>(writer, schema);
  }

  /** Whether a batch that grows row by row is to be added as a block now. */
  public boolean isFull(B batch) {
    return schema.rows(batch) >= BLOCK_ROWS_MAX || schema.bytes(batch) >= BLOCK_BYTES_MAX;
  }

  /** Whether no block was added yet. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Adds a block; tenants come in order. */
  public void add(TenantId tenant, B batch) throws IOException {
    int rows = schema.rows(batch);
    if (rows == 0 || rows > BLOCK_ROWS_MAX) {
      throw new IllegalArgumentException(
          "a block has 1 to %d rows, got %d".formatted(BLOCK_ROWS_MAX, rows));
    }
    if (tenants.isEmpty() || !tenants.getLast().equals(tenant.value())) {
      tenants.add(tenant.value());
    }
    long minTime = Long.MAX_VALUE;
    long maxTime = Long.MIN_VALUE;
    for (int row = 0; row < rows; row++) {
      minTime = Math.min(minTime, schema.timeNanos(batch, row));
      maxTime = Math.max(maxTime, schema.timeNanos(batch, row));
    }
    encoder.begin();
    schema.put(batch, encoder);
    encoder.end();
    words.add(encoder.tokens());
    hasBodies |= encoder.hasBodies();
    putHeader(encoder.header(rows));
    blocks.add(
        new BlockEntry(
            tenants.size() - 1,
            rows,
            writer.sectionPosition(),
            framed.position(),
            framed.position() + encoder.chunks().position(),
            (int) Math.min(RAW_BYTES_MAX, schema.bytes(batch)),
            minTime,
            maxTime));
    writer.write(framed);
    writer.write(encoder.chunks());
  }

  private void putHeader(BytesOutput header) {
    compressed.clear();
    Blob.put(compressed, header.array(), 0, header.position());
    framed.clear();
    framing.put(framed, compressed.array(), 0, compressed.position());
  }

  /** Writes directory and trace table and makes the file durable; gives its size in bytes. */
  public long finish() throws IOException {
    writer.endSection();
    BytesOutput directory = new BytesOutput(4096, RAW_BYTES_MAX);
    directory.putVarint(tenants.size());
    tenants.forEach(directory::putString);
    directory.putVarint(blocks.size());
    for (BlockEntry block : blocks) {
      block.put(directory);
    }
    writer.section("directory", directory);
    traces.write(writer);
    if (hasBodies) {
      BytesOutput dictionary = new BytesOutput(4096, RAW_BYTES_MAX);
      words.write(dictionary);
      writer.section("words", dictionary);
    }
    return writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
