package io.ghostworks.wire.tsdb;

import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The index of a block, versions 1 and 2: its series one after the other, each with its chunks.
 *
 * <p>Source: prometheus tsdb/docs/format/index.md.
 */
final class BlockIndex {
  private static final int MAGIC = 0xBAAAD700;
  private static final int TOC_BYTES = 6 * 8 + 4;
  private static final int SERIES_ALIGNMENT = 16;
  private static final int LABELS_MAX = 10_000;

  private final BlockBytes index;
  private final int version;
  private final long seriesEnd;
  private final int[] symbols;
  private int at;
  private long reference;
  private Labels labels = Labels.EMPTY;
  private long[] chunks = {};

  private BlockIndex(BlockBytes index, int version, long[] toc, int[] symbols) {
    this.index = index;
    this.version = version;
    this.symbols = symbols;
    this.at = (int) toc[1];
    long end = (long) index.size() - TOC_BYTES;
    for (long section : toc) {
      if (section > toc[1]) {
        end = Math.min(end, section);
      }
    }
    this.seriesEnd = end;
  }

  static BlockIndex open(Path file) throws IOException {
    BlockBytes index = BlockBytes.map(file);
    if (index.int32() != MAGIC) {
      throw index.damaged("it is no index");
    }
    int version = index.octet();
    if (version != 1 && version != 2) {
      throw index.damaged("the version %d of indexes is not known".formatted(version));
    }
    int tocStart = index.size() - TOC_BYTES;
    index.check(tocStart, TOC_BYTES - 4);
    index.at(tocStart);
    long[] toc = new long[6];
    for (int i = 0; i < toc.length; i++) {
      toc[i] = index.int64();
    }
    index.at(toc[1]);
    return new BlockIndex(index, version, toc, symbols(index, version, toc[0]));
  }

  /** Where each symbol begins; version 1 refers to the places themselves. */
  private static int[] symbols(BlockBytes index, int version, long start) throws IOException {
    index.at(start);
    int length = index.int32();
    index.check(index.position(), length & 0xffffffffL);
    int count = index.int32();
    if (version == 1) {
      return new int[0];
    }
    if (count < 0 || count > length) {
      throw index.damaged("%d symbols do not fit into the table".formatted(count));
    }
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      starts[i] = index.position();
      long bytes = index.uvarint();
      index.at(index.position() + bytes);
    }
    return starts;
  }

  /** Goes to the next series; false at the end. */
  boolean next() throws IOException {
    index.at(at);
    while (at < seriesEnd && index.octet() == 0) { // Padding; no series is empty.
      index.at(++at);
    }
    if (at >= seriesEnd) {
      return false;
    }
    if (version == 2 && at % SERIES_ALIGNMENT != 0) {
      throw index.damaged(
          "a series does not begin at a multiple of %d".formatted(SERIES_ALIGNMENT));
    }
    reference = version == 2 ? at / SERIES_ALIGNMENT : at;
    index.at(at);
    long length = index.uvarint();
    int start = index.position();
    index.check(start, length);
    readLabels();
    readChunks(length);
    if (index.position() != start + length) {
      throw index.damaged(
          "a series has %d bytes of %d".formatted(index.position() - start, length));
    }
    at = (int) (start + length + 4);
    return true;
  }

  private void readLabels() throws IOException {
    long count = index.uvarint();
    if (count < 0 || count > LABELS_MAX) {
      throw index.damaged("a series has %d labels".formatted(count));
    }
    Labels.Builder builder = Labels.builder();
    for (int i = 0; i < count; i++) {
      long name = index.uvarint();
      long value = index.uvarint();
      builder.set(symbol(name), symbol(value));
    }
    labels = builder.build();
  }

  private String symbol(long symbol) throws IOException {
    if (version == 2 && (symbol < 0 || symbol >= symbols.length)) {
      throw index.damaged("there is no symbol %d".formatted(symbol));
    }
    int before = index.position();
    index.at(version == 2 ? symbols[(int) symbol] : symbol);
    String text = new String(index.bytes(index.uvarint()), StandardCharsets.UTF_8);
    index.at(before);
    return text;
  }

  /** Three numbers a chunk: first time, last time, place. */
  private void readChunks(long bytes) throws IOException {
    long count = index.uvarint();
    if (count < 0 || count > bytes) {
      throw index.damaged("a series has no room for %d chunks".formatted(count));
    }
    if (chunks.length != 3 * count) {
      chunks = new long[(int) (3 * count)];
    }
    long time = 0;
    long place = 0;
    for (int i = 0; i < chunks.length; i += 3) {
      time = i == 0 ? index.varint() : time + index.uvarint();
      chunks[i] = time;
      time += index.uvarint();
      chunks[i + 1] = time;
      place = i == 0 ? index.uvarint() : place + index.varint();
      chunks[i + 2] = place;
    }
  }

  Labels labels() {
    return labels;
  }

  /** By which tombstones name the series. */
  long reference() {
    return reference;
  }

  int chunks() {
    return chunks.length / 3;
  }

  long chunkStartMs(int chunk) {
    return chunks[3 * chunk];
  }

  long chunkEndMs(int chunk) {
    return chunks[3 * chunk + 1];
  }

  /** The number of the segment in the upper four bytes, the place in it in the lower ones. */
  long chunkPlace(int chunk) {
    return chunks[3 * chunk + 2];
  }
}
