package io.ghostworks.records.rollup;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.ZstdFrames;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes the counts of a part while its rows are written, as {@link RollupFormat} specifies. Rows
 * come by tenant, stream and time, equal ones once. Not thread-safe.
 */
public final class RollupWriter implements AutoCloseable {

  private static final int CHUNK_BYTES = 256 << 10;

  private final PartWriter file;
  private final BlockFraming framing = new BlockFraming();
  private final StringTable levels = new StringTable();
  private final BytesOutput chunk = new BytesOutput(CHUNK_BYTES, RollupFormat.RAW_BYTES_MAX);
  private final BytesOutput framed = new BytesOutput(CHUNK_BYTES, RollupFormat.RAW_BYTES_MAX);
  private final BytesOutput chunks = new BytesOutput(256, RollupFormat.RAW_BYTES_MAX);
  private final BytesOutput tenants = new BytesOutput(4096, RollupFormat.RAW_BYTES_MAX);
  private final BytesOutput streams = new BytesOutput(4096, RollupFormat.RAW_BYTES_MAX);
  private int chunkCount;
  private int tenantCount;
  private int streamCount;
  private @Nullable TenantId tenant;
  private byte @Nullable [] stream;
  private RollupBuilder counts = new RollupBuilder();

  private RollupWriter(PartWriter file) {
    this.file = file;
  }

  public static RollupWriter create(FileSystem files, Path path) throws IOException {
    PartWriter file = PartWriter.create(files, path, RollupFormat.KIND, RollupFormat.VERSION);
    file.beginSection(RollupFormat.CELLS);
    return new RollupWriter(file);
  }

  /** Counts all rows of a batch. */
  public void add(TenantId ofTenant, LogBatch batch) throws IOException {
    if (!ofTenant.equals(tenant)) {
      endTenant();
      tenant = ofTenant;
    }
    LevelReader reader = new LevelReader(batch, levels);
    int current = -1;
    for (int row = 0; row < batch.rows(); row++) {
      if (batch.stream(row) != current) {
        current = batch.stream(row);
        begin(batch, current);
      }
      counts.add(batch.timeNanos(row), reader.level(row), ValueText.utf8Length(batch.body(), row));
    }
  }

  private void begin(LogBatch batch, int number) throws IOException {
    long slice = batch.streams().slice(number);
    byte[] open = stream;
    if (open != null
        && Arrays.equals(
            open,
            0,
            open.length,
            batch.streams().arena().array(),
            ByteArena.offset(slice),
            ByteArena.offset(slice) + ByteArena.length(slice))) {
      return;
    }
    endStream();
    stream = batch.streams().arena().copy(slice);
  }

  private void endStream() throws IOException {
    byte[] labels = stream;
    if (labels == null) {
      return;
    }
    RollupCells cells = counts.cells();
    streams.putLengthAndBytes(labels, 0, labels.length);
    streams.putLong(counts.minTimeNanos());
    streams.putLong(counts.maxTimeNanos());
    streams.putByte(cells == null ? RollupFormat.NOT_COUNTED : cells.stepCode());
    streams.putZigzag(cells == null ? 0 : cells.cell(0));
    streams.putVarint(chunkCount);
    streams.putVarint(chunk.position());
    streams.putVarint(cells == null ? 0 : cells.size());
    streamCount++;
    if (cells != null) {
      put(cells);
    }
    if (chunk.position() >= CHUNK_BYTES) {
      endChunk();
    }
    stream = null;
    counts = new RollupBuilder();
  }

  private void put(RollupCells cells) {
    long before = cells.cell(0);
    for (int entry = 0; entry < cells.size(); entry++) {
      chunk.putVarint(cells.cell(entry) - before);
      before = cells.cell(entry);
    }
    for (int entry = 0; entry < cells.size(); entry++) {
      chunk.putVarint(cells.level(entry));
    }
    for (int entry = 0; entry < cells.size(); entry++) {
      chunk.putVarint(cells.rows(entry));
    }
    for (int entry = 0; entry < cells.size(); entry++) {
      chunk.putVarint(cells.bytes(entry));
    }
  }

  private void endChunk() throws IOException {
    byte[] content = ZstdFrames.pack(chunk.array(), 0, chunk.position());
    framed.clear();
    framing.put(framed, content, 0, content.length);
    chunks.putVarint(file.sectionPosition());
    chunks.putVarint(framed.position());
    chunks.putVarint(chunk.position());
    chunkCount++;
    file.write(framed);
    chunk.clear();
  }

  private void endTenant() throws IOException {
    endStream();
    TenantId ended = tenant;
    if (ended != null) {
      tenants.putString(ended.value());
      tenants.putVarint(streamCount);
      tenants.putBytes(streams.array(), 0, streams.position());
      tenantCount++;
      streams.clear();
      streamCount = 0;
    }
  }

  /** Ends the file, which is durable then. */
  public void finish() throws IOException {
    endTenant();
    if (chunk.position() > 0) {
      endChunk();
    }
    file.endSection();
    BytesOutput directory = new BytesOutput(4096, RollupFormat.RAW_BYTES_MAX);
    int kept = Math.min(levels.size(), RollupFormat.LEVELS_MAX);
    directory.putVarint(kept);
    for (int level = 0; level < kept; level++) {
      directory.putString(levels.text(level));
    }
    directory.putVarint(chunkCount);
    directory.putBytes(chunks.array(), 0, chunks.position());
    directory.putVarint(tenantCount);
    directory.putBytes(tenants.array(), 0, tenants.position());
    byte[] content = ZstdFrames.pack(directory.array(), 0, directory.position());
    BytesOutput section = new BytesOutput(content.length + 10, RollupFormat.RAW_BYTES_MAX);
    section.putVarint(directory.position());
    section.putBytes(content);
    file.section(RollupFormat.DIRECTORY, section);
    file.finish();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
