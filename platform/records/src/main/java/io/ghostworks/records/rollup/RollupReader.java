package io.ghostworks.records.rollup;

import io.ghostworks.model.TenantId;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.bytes.ZstdFrames;
import io.ghostworks.storage.file.FileSystem;
import io.ghostworks.storage.part.BlockFraming;
import io.ghostworks.storage.part.PartReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Reads what {@link RollupWriter} wrote. Used by one thread. */
public final class RollupReader implements AutoCloseable {

  private final Path path;
  private final PartReader file;
  private final BytesInput directory;
  private final String[] levels;
  private final long[] chunkOffsets;
  private final int[] chunkBytes;
  private final int[] chunkRawBytes;
  private int openChunk = -1;
  private byte[] chunk = new byte[0];

  private RollupReader(Path path, PartReader file) throws IOException {
    this.path = path;
    this.file = file;
    if (file.kindVersion() != RollupFormat.VERSION) {
      throw new DamagedDataException(
          "%s must have version %d, got %d"
              .formatted(path, RollupFormat.VERSION, file.kindVersion()));
    }
    BytesInput section = file.read(RollupFormat.DIRECTORY, RollupFormat.RAW_BYTES_MAX);
    int rawBytes = section.getVarint(RollupFormat.RAW_BYTES_MAX);
    this.directory = new BytesInput(decompressed(section, rawBytes));
    this.levels = new String[directory.getVarint(RollupFormat.LEVELS_MAX)];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = directory.getString();
    }
    int chunks = directory.getVarint(directory.remaining());
    this.chunkOffsets = new long[chunks];
    this.chunkBytes = new int[chunks];
    this.chunkRawBytes = new int[chunks];
    for (int i = 0; i < chunks; i++) {
      chunkOffsets[i] = directory.getVarint();
      chunkBytes[i] = directory.getVarint(RollupFormat.RAW_BYTES_MAX);
      chunkRawBytes[i] = directory.getVarint(RollupFormat.RAW_BYTES_MAX);
    }
  }

  /**
   * @throws DamagedDataException if it is no such file; the message has file and offset
   */
  public static RollupReader open(FileSystem files, Path path) throws IOException {
    PartReader file = PartReader.open(files, path, RollupFormat.KIND);
    try {
      return new RollupReader(path, file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * Shows the streams of a tenant. To be called once.
   *
   * @param wanted which streams are shown
   */
  public void streams(
      TenantId tenant, Range range, Predicate<Labels> wanted, Consumer<StreamRollup> found)
      throws IOException {
    int tenants = directory.getVarint(directory.remaining());
    for (int i = 0; i < tenants; i++) {
      boolean own = directory.getString().equals(tenant.value());
      int streams = directory.getVarint(directory.remaining());
      for (int stream = 0; stream < streams; stream++) {
        stream(own, range, wanted, found);
      }
    }
  }

  /**
   * Times of which rows matter.
   *
   * @param startNanos inclusive
   * @param endNanos exclusive
   */
  public record Range(long startNanos, long endNanos) {}

  private void stream(
      boolean own, Range range, Predicate<Labels> wanted, Consumer<StreamRollup> found)
      throws IOException {
    byte[] packed = directory.getLengthAndBytes();
    long minTime = directory.getLong();
    long maxTime = directory.getLong();
    int step = directory.getByte();
    long firstCell = directory.getZigzag();
    int chunkNumber = directory.getVarint(chunkOffsets.length);
    int offset = directory.getVarint(RollupFormat.RAW_BYTES_MAX);
    int entries = directory.getVarint(RollupFormat.RAW_BYTES_MAX);
    if (!own || maxTime < range.startNanos() || minTime >= range.endNanos()) {
      return;
    }
    Labels labels = LabelSetTable.unpack(packed, 0, packed.length);
    if (!wanted.test(labels)) {
      return;
    }
    if (step == RollupFormat.NOT_COUNTED) {
      found.accept(new StreamRollup(labels, minTime, maxTime, null, levels));
    } else {
      found.accept(
          new StreamRollup(
              labels,
              minTime,
              maxTime,
              cells(step, firstCell, chunkNumber, offset, entries),
              levels));
    }
  }

  private RollupCells cells(int step, long firstCell, int chunkNumber, int offset, int entries)
      throws IOException {
    if (step >= RollupCells.STEPS.length || chunkNumber >= chunkOffsets.length) {
      throw new DamagedDataException(
          "%s: a stream names step %d and chunk %d, which there are not"
              .formatted(path, step, chunkNumber));
    }
    open(chunkNumber);
    if (offset > chunk.length || 4L * entries > chunk.length - offset) {
      throw new DamagedDataException(
          "%s: %d entries at %d do not lie in the %d bytes of chunk %d"
              .formatted(path, entries, offset, chunk.length, chunkNumber));
    }
    BytesInput in = new BytesInput(chunk, offset, chunk.length - offset);
    long[] cells = new long[entries];
    long cell = firstCell;
    for (int entry = 0; entry < entries; entry++) {
      cell += in.getVarint();
      cells[entry] = cell;
    }
    int[] level = new int[entries];
    for (int entry = 0; entry < entries; entry++) {
      level[entry] = in.getVarint(levels.length - 1);
    }
    long[] rows = new long[entries];
    for (int entry = 0; entry < entries; entry++) {
      rows[entry] = in.getVarint();
    }
    RollupCells answer = new RollupCells(step);
    for (int entry = 0; entry < entries; entry++) {
      answer.add(cells[entry], level[entry], rows[entry], in.getVarint());
    }
    return answer;
  }

  private void open(int number) throws IOException {
    if (number == openChunk) {
      return;
    }
    byte[] framed = new byte[chunkBytes[number]];
    file.read(RollupFormat.CELLS, chunkOffsets[number], ByteBuffer.wrap(framed));
    BytesInput content = new BytesInput(framed);
    new BlockFraming().get(new BytesInput(framed), content);
    chunk = decompressed(content, chunkRawBytes[number]);
    openChunk = number;
  }

  private byte[] decompressed(BytesInput in, int rawBytes) throws DamagedDataException {
    try {
      return ZstdFrames.unpack(in.array(), in.arrayOffset(), in.remaining(), rawBytes);
    } catch (DamagedDataException e) {
      throw new DamagedDataException("%s: counts: %s".formatted(path, e.getMessage()), e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
