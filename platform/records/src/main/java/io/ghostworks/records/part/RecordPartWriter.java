package io.ghostworks.records.part;

import com.github.luben.zstd.Zstd;
import io.ghostworks.model.TenantId;
import io.ghostworks.records.batch.BatchSchema;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes a part of records: blocks of at most {@value #BLOCK_ROWS_MAX} rows of one tenant, tenants
 * in order, and within a tenant the rows as they are added. Integers are little-endian.
 *
 * <pre>
 * section "blocks"    := frame[blocks]                 // BlockFraming: a length and a checksum each
 * frame content       := zstd(batch)                   // batch as the schema's encode puts it
 * section "directory" := tenants:varint tenant:string[tenants] blocks:varint block[blocks]
 * block               := tenant:varint rows:varint offset:varint length:varint rawLength:varint minTimeNanos:i64 maxTimeNanos:i64
 * section "traces"    := entry[traces]                 // by id, unsigned; rows without a trace id are not in it
 * entry               := high:u64 low:u64 listOffset:u32
 * section "traceBlocks" := list[traces]
 * list                := count:varint delta:varint[count]    // ascending block numbers, the first to 0
 * </pre>
 *
 * Finished by {@link PartWriter}: durable with its name, or garbage.
 *
 * @param <B> the batch
 */
public final class RecordPartWriter<B> implements AutoCloseable {

  static final int KIND_VERSION = 1;
  static final int BLOCK_ROWS_MAX = 8_192;
  static final int RAW_BYTES_MAX = 512 << 20;
  private static final int BLOCK_BYTES_MAX = 8 << 20;
  static final int TRACE_ENTRY_BYTES = 20;
  private static final int ZSTD_LEVEL = 1;

  private final PartWriter writer;
  private final BatchSchema<B> schema;
  private final BlockFraming framing = new BlockFraming();
  private final BytesOutput raw = new BytesOutput(1 << 20, RAW_BYTES_MAX);
  private final BytesOutput framed = new BytesOutput(1 << 18, RAW_BYTES_MAX);
  private final List<String> tenants = new ArrayList<>();
  private final List<BlockEntry> blocks = new ArrayList<>();
  private final TraceTableBuilder traces = new TraceTableBuilder();

  private RecordPartWriter(PartWriter writer, BatchSchema<B> schema) {
    this.writer = writer;
    this.schema = schema;
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
      traces.add(schema.traceIdHigh(batch, row), schema.traceIdLow(batch, row), blocks.size());
    }
    raw.clear();
    schema.encode(batch, raw);
    byte[] content = compressed();
    framed.clear();
    framing.put(framed, content, 0, content.length);
    blocks.add(
        new BlockEntry(
            tenants.size() - 1,
            rows,
            writer.sectionPosition(),
            framed.position(),
            raw.position(),
            minTime,
            maxTime));
    writer.write(framed);
  }

  private byte[] compressed() {
    byte[] target = new byte[Math.toIntExact(Zstd.compressBound(raw.position()))];
    long length =
        Zstd.compressByteArray(
            target, 0, target.length, raw.array(), 0, raw.position(), ZSTD_LEVEL);
    if (Zstd.isError(length)) {
      throw new IllegalStateException("zstd cannot compress a block: " + Zstd.getErrorName(length));
    }
    return Arrays.copyOf(target, (int) length);
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
    BytesOutput entries = new BytesOutput(4096, RAW_BYTES_MAX);
    BytesOutput lists = new BytesOutput(4096, RAW_BYTES_MAX);
    traces.write(entries, lists);
    writer.section("traces", entries);
    writer.section("traceBlocks", lists);
    return writer.finish();
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
