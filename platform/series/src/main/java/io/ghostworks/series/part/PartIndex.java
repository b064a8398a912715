package io.ghostworks.series.part;

import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import io.ghostworks.storage.part.BlockFraming;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/**
 * The mapped sections of a part and how to walk in them. All but {@code chunks} were verified.
 *
 * @param version of the format
 * @param chunksOffset where the section begins in the file, for messages
 */
record PartIndex(
    Path path,
    int version,
    MemorySegment chunks,
    long chunksOffset,
    MemorySegment times,
    MemorySegment series,
    MemorySegment labels,
    MemorySegment symbols,
    MemorySegment symbolOrder,
    MemorySegment names,
    MemorySegment pairs,
    MemorySegment postings) {

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  String symbol(int symbol) {
    int from = symbolStart(symbol);
    byte[] utf8 = new byte[symbolEnd(symbol) - from];
    MemorySegment.copy(symbols, ValueLayout.JAVA_BYTE, symbolTexts() + from, utf8, 0, utf8.length);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  /** The number of a text, or -1. */
  int findSymbol(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    MemorySegment wanted = MemorySegment.ofArray(utf8);
    int low = 0;
    int high = symbols.get(INT, 0) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int symbol = symbolOrder.get(INT, 4L * middle);
      int order = compare(symbol, wanted, utf8.length);
      if (order == 0) {
        return symbol;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  int nameSymbol(int name) {
    return names.get(INT, (long) name * SeriesPartFormat.NAME_BYTES);
  }

  int firstPair(int name) {
    return names.get(INT, (long) name * SeriesPartFormat.NAME_BYTES + 4);
  }

  /** The pairs of a name end where those of the next one begin. */
  int endPair(int name) {
    return firstPair(name + 1);
  }

  int pairValue(int pair) {
    return pairs.get(INT, (long) pair * SeriesPartFormat.PAIR_BYTES);
  }

  /** The name among {@code [from, to)} with a symbol, or -1. */
  int findName(int from, int to, int symbol) {
    int low = from;
    int high = to - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compare(nameSymbol(middle), symbol);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The pair of a name with a value's symbol, or -1. */
  int findPair(int name, int symbol) {
    int low = firstPair(name);
    int high = endPair(name) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = Integer.compare(pairValue(middle), symbol);
      if (order == 0) {
        return middle;
      }
      if (order < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** Adds the series of a pair; {@code firstSeries} is the tenant's. */
  void addSeries(int pair, int firstSeries, RoaringBitmap target) {
    Varints in = postings(pair);
    int series = firstSeries - 1;
    for (long left = in.next(); left > 0; left--) {
      series += (int) in.next() + 1;
      target.add(series);
    }
  }

  /** How many series a pair has. */
  long seriesCount(int pair) {
    return postings(pair).next();
  }

  /** Takes away the series that do not have a pair; {@code firstSeries} is the tenant's. */
  void retainSeries(int pair, int firstSeries, RoaringBitmap target) {
    RoaringBitmap kept = new RoaringBitmap();
    PeekableIntIterator wanted = target.getIntIterator();
    Varints in = postings(pair);
    int series = firstSeries - 1;
    for (long left = in.next(); left > 0 && wanted.hasNext(); left--) {
      series += (int) in.next() + 1;
      wanted.advanceIfNeeded(series);
      if (wanted.hasNext() && wanted.peekNext() == series) {
        kept.add(series);
      }
    }
    target.and(kept);
  }

  private Varints postings(int pair) {
    return new Varints(
        postings,
        Integer.toUnsignedLong(pairs.get(INT, (long) pair * SeriesPartFormat.PAIR_BYTES + 4)));
  }

  long labelsOffset(int number) {
    return Integer.toUnsignedLong(series.get(INT, (long) number * SeriesPartFormat.SERIES_BYTES));
  }

  int chunkCount(int number) {
    return series.get(INT, (long) number * SeriesPartFormat.SERIES_BYTES + 4);
  }

  long runOffset(int number) {
    return series.get(LONG, (long) number * SeriesPartFormat.SERIES_BYTES + 8);
  }

  long minTimestampMs(int number) {
    return series.get(LONG, (long) number * SeriesPartFormat.SERIES_BYTES + 16);
  }

  long maxTimestampMs(int number) {
    return series.get(LONG, (long) number * SeriesPartFormat.SERIES_BYTES + 24);
  }

  long timesOffset(int number) {
    return times.get(LONG, 8L * number);
  }

  int timesCount() {
    return (int) (times.byteSize() / 8);
  }

  /** Copies a block out of the file, verifies it and sets {@code content} to what it holds. */
  void readBlock(long offset, BytesOutput scratch, BlockFraming framing, BytesInput content) {
    try {
      long available = chunks.byteSize() - offset;
      int length = available < BlockFraming.HEADER_BYTES ? -1 : chunks.get(INT, offset);
      if (length < 0 || length > available - BlockFraming.HEADER_BYTES) {
        throw new DamagedDataException(
            "a block of %d bytes leads out of its section".formatted(length));
      }
      scratch.clear();
      scratch.putZeros(BlockFraming.HEADER_BYTES + length);
      MemorySegment.copy(
          chunks, ValueLayout.JAVA_BYTE, offset, scratch.array(), 0, scratch.position());
      framing.get(new BytesInput(scratch.array(), 0, scratch.position()), content);
    } catch (DamagedDataException e) {
      throw damaged(offset, e);
    }
  }

  UncheckedIOException damaged(long chunkOffset, DamagedDataException cause) {
    return new UncheckedIOException(
        new DamagedDataException(
            "%s is damaged at offset %d: %s"
                .formatted(path, chunksOffset + chunkOffset, cause.getMessage()),
            cause));
  }

  private int compare(int symbol, MemorySegment wanted, int wantedLength) {
    long from = symbolTexts() + symbolStart(symbol);
    long to = symbolTexts() + symbolEnd(symbol);
    long mismatch = MemorySegment.mismatch(symbols, from, to, wanted, 0, wantedLength);
    if (mismatch < 0) {
      return 0;
    }
    if (mismatch == to - from || mismatch == wantedLength) {
      return Long.compare(to - from, wantedLength);
    }
    return Integer.compare(
        symbols.get(ValueLayout.JAVA_BYTE, from + mismatch) & 0xff,
        wanted.get(ValueLayout.JAVA_BYTE, mismatch) & 0xff);
  }

  private int symbolStart(int symbol) {
    return symbol == 0 ? 0 : symbols.get(INT, 4L * symbol);
  }

  private int symbolEnd(int symbol) {
    return symbols.get(INT, 4L * symbol + 4);
  }

  private long symbolTexts() {
    return 4L + 4L * symbols.get(INT, 0);
  }

  /** Reads varints of a verified section one after another. */
  static final class Varints {
    private final MemorySegment segment;
    private long at;

    Varints(MemorySegment segment, long at) {
      this.segment = segment;
      this.at = at;
    }

    long next() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte b = segment.get(ValueLayout.JAVA_BYTE, at++);
        value |= (long) (b & 0x7f) << shift;
        if (b >= 0) {
          break;
        }
      }
      return value;
    }
  }
}
