package io.ghostworks.series.head;

import io.ghostworks.model.metric.FloatHistogram;
import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.BytesOutput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;

/**
 * The samples of one head between two flushes. Each series has a chain of blocks in shared pages; a
 * sample that is newer than its series' newest here is appended to the chain, any other goes to
 * {@link LateSamples}. Nothing is freed but the whole.
 *
 * <pre>
 * chain  := record*, cut into blocks of 32, 64, 128 and from then on 256 bytes; a block begins with the next one's number
 * record := header:u8 [change:zigzag of the time difference if bit 7 is set] payload   // bits 0-6 say what the payload is
 *           0              the value before it again
 *           0tttllll       l (1-8) bytes of the xor with the value before, its t lowest bytes left out as zeros
 *           15             length:varint histogram (see {@link HistogramCodec})
 *           14             start:zigzag, the difference of start timestamps from here on; not a sample itself
 * </pre>
 *
 * The state of a series is one cache line. Changed under the head's write lock, read under its read
 * lock.
 */
public final class SampleStore {
  private static final int STATE_LONGS = 8;
  private static final int NEWEST = 0;
  private static final int DIFFERENCE = 1;
  private static final int VALUE = 2;
  private static final int BLOCKS = 3;
  private static final int USE = 4;
  private static final int COUNTS = 5;
  private static final int OLDEST = 6;
  private static final int START = 7;

  private static final int STATES_PER_PAGE = 256;
  private static final int PAGE_BYTES = 1 << 16;
  private static final int UNIT_BYTES = 32;
  private static final int UNITS_PER_PAGE = PAGE_BYTES / UNIT_BYTES;
  private static final int LINK_BYTES = Integer.BYTES;
  private static final int TIME_CHANGED = 0x80;
  private static final int HISTOGRAM = 15;
  private static final int START_CHANGED = 14;

  private final HeadIndex index;
  private final LateSamples late = new LateSamples();
  private final byte[] record = new byte[32];

  /** Where the header of the record that is being made stands in it. */
  private int lengthOfPrefix;

  private long[][] states = new long[16][];
  private byte[][] pages = new byte[16][];
  private int pageCount;
  private int nextUnit;
  private long bytes;
  private long samples;
  private long minTimestampMs = Long.MAX_VALUE;
  private long maxTimestampMs = Long.MIN_VALUE;

  public SampleStore(HeadIndex index) {
    this.index = index;
  }

  /** Whose numbers the series here have. */
  public HeadIndex index() {
    return index;
  }

  /** Memory held. */
  public long bytes() {
    return bytes + late.bytes();
  }

  /** The number of samples. */
  public long samples() {
    return samples;
  }

  public long minTimestampMs() {
    return minTimestampMs;
  }

  public long maxTimestampMs() {
    return maxTimestampMs;
  }

  /** Whether a series has samples here. */
  public boolean has(int series) {
    long[] page = statePage(series);
    return page != null && page[state(series) + COUNTS] != 0;
  }

  /** The time of a series' oldest sample, if it has any. */
  public long minTimestampMs(int series) {
    long[] page = statePage(series);
    return page == null ? Long.MAX_VALUE : page[state(series) + OLDEST];
  }

  /** The time of a series' newest sample, if it has any. */
  public long maxTimestampMs(int series) {
    long[] page = statePage(series);
    return page == null || page[state(series) + COUNTS] == 0
        ? Long.MIN_VALUE
        : page[state(series) + NEWEST];
  }

  /** Adds a float sample. */
  public void add(int series, long timestampMs, long valueBits, long startMs) {
    long[] page = writableStatePage(series);
    int state = state(series);
    if (count(timestampMs, page, state)) {
      late(page, state, late.add(timestampMs, valueBits, startMs, previousLate(page, state)));
      return;
    }
    int length = header(page, state, timestampMs, startMs);
    long xor = valueBits ^ page[state + VALUE];
    if (xor != 0) {
      int trailing = Long.numberOfTrailingZeros(xor) >>> 3;
      long rest = xor >>> (8 * trailing);
      int bytesOfRest = (71 - Long.numberOfLeadingZeros(rest)) >>> 3;
      record[lengthOfPrefix] |= (byte) ((trailing << 4) | bytesOfRest);
      for (int i = 0; i < bytesOfRest; i++) {
        record[length++] = (byte) rest;
        rest >>>= 8;
      }
      page[state + VALUE] = valueBits;
    }
    append(page, state, record, 0, length);
  }

  /** Adds a native histogram in the form of {@link HistogramCodec} without a predecessor. */
  public void addHistogram(
      int series, long timestampMs, byte[] encoded, int offset, int encodedLength, long startMs) {
    long[] page = writableStatePage(series);
    int state = state(series);
    if (count(timestampMs, page, state)) {
      int entry =
          late.addHistogram(
              timestampMs, encoded, offset, encodedLength, startMs, previousLate(page, state));
      late(page, state, entry);
      return;
    }
    int length = header(page, state, timestampMs, startMs);
    record[lengthOfPrefix] |= HISTOGRAM;
    length = putVarint(length, encodedLength);
    append(page, state, record, 0, length);
    append(page, state, encoded, offset, encodedLength);
  }

  /** The chain of a series as bytes, for {@link #decode}; answers its length. */
  public int copyChain(int series, BytesOutput out) {
    out.clear();
    long[] page = statePage(series);
    if (page == null || page[state(series) + USE] == 0) {
      return 0;
    }
    int state = state(series);
    int left = (int) (page[state + USE] >>> 32);
    int block = (int) (page[state + BLOCKS] >>> 32);
    for (int number = 0; left > 0; number++) {
      byte[] bytesOfPage = pages[block / UNITS_PER_PAGE];
      int from = (block % UNITS_PER_PAGE) * UNIT_BYTES;
      int count = Math.min(left, blockBytes(number) - LINK_BYTES);
      out.putBytes(bytesOfPage, from + LINK_BYTES, count);
      left -= count;
      block = link(bytesOfPage, from);
    }
    return out.position();
  }

  /** Adds the late samples of a series in a range of time. */
  public void readLate(int series, long startMs, long endMs, SampleBuffer target) {
    long[] page = statePage(series);
    if (page != null) {
      late.read(previousLate(page, state(series)), startMs, endMs, target);
    }
  }

  /** Adds the samples of a copied chain in a range of time; needs no lock. */
  public static void decode(
      byte[] chain, int length, long startMs, long endMs, SampleBuffer target) {
    try {
      BytesInput in = new BytesInput(chain, 0, length);
      long time = 0;
      long difference = 0;
      long value = 0;
      long start = 0;
      while (in.remaining() > 0) {
        int header = in.getByte();
        if (header == START_CHANGED) {
          start += in.getZigzag();
          continue;
        }
        if ((header & TIME_CHANGED) != 0) {
          difference += in.getZigzag();
        }
        time += difference;
        int payload = header & 0x7f;
        boolean wanted = time >= startMs && time <= endMs;
        if (payload == HISTOGRAM) {
          int histogramLength = in.getVarint(in.remaining());
          if (wanted) {
            target.add(time, histogram(in.array(), in.arrayOffset(), histogramLength), start);
          }
          in.skip(histogramLength);
          continue;
        }
        long xor = 0;
        int valueBytes = payload & 15;
        for (int i = 0; i < valueBytes; i++) {
          xor |= (long) in.getByte() << (8 * i);
        }
        value ^= xor << (8 * (payload >>> 4));
        if (wanted) {
          target.add(time, value, start);
        }
        if (time > endMs) {
          return;
        }
      }
    } catch (DamagedDataException e) {
      throw new IllegalStateException("a chain in memory does not decode", e);
    }
  }

  static FloatHistogram histogram(byte[] bytes, int offset, int length)
      throws DamagedDataException {
    return HistogramCodec.decode(new BytesInput(bytes, offset, length), null);
  }

  /** Notes a sample in the totals; answers whether it is a late one. */
  private boolean count(long timestampMs, long[] page, int state) {
    samples++;
    minTimestampMs = Math.min(minTimestampMs, timestampMs);
    maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
    boolean first = page[state + COUNTS] == 0;
    page[state + COUNTS] += 1L << 32;
    if (first || timestampMs < page[state + OLDEST]) {
      page[state + OLDEST] = timestampMs;
    }
    return !first && timestampMs <= page[state + NEWEST];
  }

  /** Writes what precedes the payload into {@link #record}; the header's place is noted. */
  private int header(long[] page, int state, long timestampMs, long startMs) {
    int length = 0;
    if (startMs != page[state + START]) {
      record[length++] = START_CHANGED;
      length = putZigzag(length, startMs - page[state + START]);
      page[state + START] = startMs;
    }
    lengthOfPrefix = length;
    long difference = timestampMs - page[state + NEWEST];
    long change = difference - page[state + DIFFERENCE];
    page[state + NEWEST] = timestampMs;
    if (change == 0) {
      record[length++] = 0;
      return length;
    }
    page[state + DIFFERENCE] = difference;
    record[length++] = (byte) TIME_CHANGED;
    return putZigzag(length, change);
  }

  private int putZigzag(int at, long value) {
    return putVarint(at, (value << 1) ^ (value >> 63));
  }

  private int putVarint(int at, long value) {
    int position = at;
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      record[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    record[position++] = (byte) rest;
    return position;
  }

  private void append(long[] page, int state, byte[] source, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      long use = page[state + USE];
      int room = (int) use & 0xffff;
      if (room == 0) {
        room = addBlock(page, state);
        use = page[state + USE] | room;
      }
      int count = Math.min(room, left);
      int block = (int) page[state + BLOCKS];
      int number = blocks(use) - 1;
      byte[] target = pages[block / UNITS_PER_PAGE];
      int at = (block % UNITS_PER_PAGE) * UNIT_BYTES + blockBytes(number) - room;
      System.arraycopy(source, from, target, at, count);
      from += count;
      left -= count;
      page[state + USE] = use - count + ((long) count << 32);
    }
  }

  /** Links a new block to a chain and answers its room. */
  private int addBlock(long[] page, int state) {
    int number = blocks(page[state + USE]);
    int units = blockBytes(number) / UNIT_BYTES;
    if (pageCount == 0 || nextUnit + units > UNITS_PER_PAGE) {
      if (pageCount == pages.length) {
        pages = Arrays.copyOf(pages, pageCount * 2);
      }
      pages[pageCount++] = new byte[PAGE_BYTES];
      bytes += PAGE_BYTES;
      nextUnit = 0;
    }
    int block = (pageCount - 1) * UNITS_PER_PAGE + nextUnit;
    nextUnit += units;
    if (number == 0) {
      page[state + BLOCKS] = ((long) block << 32) | block;
    } else {
      int last = (int) page[state + BLOCKS];
      setLink(pages[last / UNITS_PER_PAGE], (last % UNITS_PER_PAGE) * UNIT_BYTES, block);
      page[state + BLOCKS] = (page[state + BLOCKS] & 0xffffffff00000000L) | block;
    }
    page[state + USE] += 1L << 16;
    // Only the first blocks differ in size, so their number may stop counting.
    if (blocks(page[state + USE]) == 0xffff) {
      page[state + USE] -= 1L << 16;
    }
    return blockBytes(number) - LINK_BYTES;
  }

  private static int blocks(long use) {
    return (int) (use >>> 16) & 0xffff;
  }

  private static int blockBytes(int number) {
    return number >= 3 ? 256 : UNIT_BYTES << number;
  }

  private static int link(byte[] bytes, int at) {
    return (bytes[at] & 0xff)
        | (bytes[at + 1] & 0xff) << 8
        | (bytes[at + 2] & 0xff) << 16
        | bytes[at + 3] << 24;
  }

  private static void setLink(byte[] bytes, int at, int block) {
    bytes[at] = (byte) block;
    bytes[at + 1] = (byte) (block >>> 8);
    bytes[at + 2] = (byte) (block >>> 16);
    bytes[at + 3] = (byte) (block >>> 24);
  }

  private static int previousLate(long[] page, int state) {
    return (int) page[state + COUNTS] - 1;
  }

  private static void late(long[] page, int state, int entry) {
    page[state + COUNTS] = (page[state + COUNTS] & 0xffffffff00000000L) | (entry + 1);
  }

  private long @org.jspecify.annotations.Nullable [] statePage(int series) {
    int number = series / STATES_PER_PAGE;
    return number < states.length ? states[number] : null;
  }

  private long[] writableStatePage(int series) {
    int number = series / STATES_PER_PAGE;
    if (number >= states.length) {
      states = Arrays.copyOf(states, Math.max(number + 1, states.length * 2));
    }
    long[] page = states[number];
    if (page == null) {
      page = new long[STATES_PER_PAGE * STATE_LONGS];
      states[number] = page;
      bytes += 8L * page.length;
    }
    return page;
  }

  private static int state(int series) {
    return (series % STATES_PER_PAGE) * STATE_LONGS;
  }
}
