package io.ghostworks.series.head;

import io.ghostworks.series.chunk.HistogramCodec;
import io.ghostworks.series.chunk.SampleBuffer;
import io.ghostworks.series.primitive.BytePages;
import io.ghostworks.storage.bytes.BytesOutput;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The samples of one head between two flushes. Each series has a chain of blocks in shared pages; a
 * sample that is newer than its series' newest here is appended to the chain, any other goes to
 * {@link LateSamples}. Nothing is freed but the whole.
 *
 * <pre>
 * chain  := record*, cut into blocks of 32, 32, 64 and from then on 128 bytes; a block begins with the next one's number
 * record := header:u8 [change:zigzag of the time difference if bit 7 is set] payload   // bits 0-6 say what the payload is; the
 *                                                                                      // first difference is from 0, and one beyond 32 bits counts as 0 for the next
 *           0              the value before it again
 *           0tttllll       l (1-8) bytes of the xor with the value before, its t lowest bytes left out as zeros
 *           15             length:varint histogram (see {@link HistogramCodec})
 *           14             start:zigzag, the difference of start timestamps from here on; not a sample itself
 * </pre>
 *
 * A series has five longs of state: its newest time and value; its first and last block, the last
 * one's number (2 bits) and the bytes left in it; the chain's length and the time of the oldest
 * sample; the last difference of times and the newest late sample. Changed under the head's write
 * lock, read under its read lock.
 */
public final class SampleStore {
  private static final int STATE_LONGS = 5;
  private static final int NEWEST = 0;
  private static final int VALUE = 1;
  private static final int BLOCKS = 2;

  /** The chain's length above, below the oldest time counted from {@link #baseMs}. */
  private static final int LENGTH = 3;

  /** The last difference of times above, below the newest late sample's number plus one. */
  private static final int DIFFERENCE = 4;

  private static final int FIRST_SHIFT = 37;
  private static final int LAST_SHIFT = 10;
  private static final int NUMBER_SHIFT = 8;
  private static final int UNIT_MASK = (1 << 27) - 1;
  private static final int NUMBER_MAX = 3;
  private static final long ROOM_MASK = 0xff;
  private static final long LOW = 0xffff_ffffL;

  /** An oldest time that is too far from {@link #baseMs}. */
  private static final int FAR = Integer.MIN_VALUE;

  private static final int STATES_PER_PAGE = 256;
  private static final int UNIT_BYTES = 32;
  private static final int LINK_BYTES = Integer.BYTES;
  static final int TIME_CHANGED = 0x80;
  private static final int HISTOGRAM = 15;
  static final int START_CHANGED = 14;

  private final HeadIndex index;
  private final LateSamples late = new LateSamples();
  private final byte[] record = new byte[32];

  /** Where the header of the record that is being made stands in it. */
  private int lengthOfPrefix;

  private final BytePages blocks = new BytePages();
  private long[] @Nullable [] states = new long[16] @Nullable [];

  /** The start of each series where one was ever given: parallel to {@link #states}. */
  private long[] @Nullable [] starts = {};

  /** The time of the first sample that was added. */
  private long baseMs;

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
    return bytes + blocks.bytes() + late.bytes();
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
    return page != null && length(page, state(series)) != 0;
  }

  /**
   * The time of a series' oldest sample, or {@code Long.MIN_VALUE} where only reading tells it;
   * {@code Long.MAX_VALUE} without samples.
   */
  public long minTimestampMs(int series) {
    long[] page = statePage(series);
    if (page == null || length(page, state(series)) == 0) {
      return Long.MAX_VALUE;
    }
    int oldest = (int) page[state(series) + LENGTH];
    return oldest == FAR ? Long.MIN_VALUE : baseMs + oldest;
  }

  /** The time of a series' newest sample, if it has any. */
  public long maxTimestampMs(int series) {
    long[] page = statePage(series);
    return page == null || length(page, state(series)) == 0
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
    int length = header(series, page, state, timestampMs, startMs);
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
    int length = header(series, page, state, timestampMs, startMs);
    record[lengthOfPrefix] |= HISTOGRAM;
    length = putVarint(length, encodedLength);
    append(page, state, record, 0, length);
    append(page, state, encoded, offset, encodedLength);
  }

  /** The chain of a series as bytes, for {@link #decode}, padded; answers its length. */
  public int copyChain(int series, BytesOutput out) {
    out.clear();
    long[] page = statePage(series);
    if (page == null) {
      return 0;
    }
    int state = state(series);
    int length = length(page, state);
    int left = length;
    int block = (int) (page[state + BLOCKS] >>> FIRST_SHIFT) * UNIT_BYTES;
    for (int number = 0; left > 0; number = Math.min(NUMBER_MAX, number + 1)) {
      byte[] bytesOfPage = blocks.page(block);
      int from = BytePages.offset(block);
      int count = Math.min(left, blockBytes(number) - LINK_BYTES);
      out.putBytes(bytesOfPage, from + LINK_BYTES, count);
      left -= count;
      block = IntBytes.get(bytesOfPage, from);
    }
    out.putZeros(ChainDecoder.PADDING_BYTES);
    return length;
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
    new ChainDecoder(chain, length, startMs, endMs, target).decode();
  }

  /** Notes a sample in the totals; answers whether it is a late one. */
  private boolean count(long timestampMs, long[] page, int state) {
    if (samples++ == 0) {
      baseMs = timestampMs;
    }
    minTimestampMs = Math.min(minTimestampMs, timestampMs);
    maxTimestampMs = Math.max(maxTimestampMs, timestampMs);
    long length = page[state + LENGTH];
    boolean first = length >>> 32 == 0;
    int oldest = (int) length;
    if (first || (oldest != FAR && timestampMs < baseMs + oldest)) {
      long offset = timestampMs - baseMs;
      oldest = offset == (int) offset ? (int) offset : FAR;
      page[state + LENGTH] = (length & ~LOW) | (oldest & LOW);
    }
    return !first && timestampMs <= page[state + NEWEST];
  }

  /** Writes what precedes the payload into {@link #record}; the header's place is noted. */
  private int header(int series, long[] page, int state, long timestampMs, long startMs) {
    int length = 0;
    long startBefore = start(series);
    if (startMs != startBefore) {
      record[length++] = START_CHANGED;
      length = putZigzag(length, startMs - startBefore);
      setStart(series, startMs);
    }
    lengthOfPrefix = length;
    long difference = timestampMs - page[state + NEWEST];
    long change = difference - (page[state + DIFFERENCE] >> 32);
    page[state + NEWEST] = timestampMs;
    if (change == 0) {
      record[length++] = 0;
      return length;
    }
    page[state + DIFFERENCE] = kept(difference) << 32 | (page[state + DIFFERENCE] & LOW);
    record[length++] = (byte) TIME_CHANGED;
    return putZigzag(length, change);
  }

  /** What the difference to the next sample is compared with. */
  static long kept(long difference) {
    return difference == (int) difference ? difference : 0;
  }

  private long start(int series) {
    int number = series / STATES_PER_PAGE;
    long[] page = number < starts.length ? starts[number] : null;
    return page == null ? 0 : page[series % STATES_PER_PAGE];
  }

  private void setStart(int series, long startMs) {
    int number = series / STATES_PER_PAGE;
    if (number >= starts.length) {
      starts = Arrays.copyOf(starts, Math.max(number + 1, starts.length * 2));
    }
    long[] page = starts[number];
    if (page == null) {
      page = new long[STATES_PER_PAGE];
      starts[number] = page;
      bytes += 8L * page.length;
    }
    page[series % STATES_PER_PAGE] = startMs;
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
      long chain = page[state + BLOCKS];
      if ((chain & ROOM_MASK) == 0) {
        chain = withBlock(page, state, chain);
      }
      int room = (int) (chain & ROOM_MASK);
      int count = Math.min(room, left);
      int block = ((int) (chain >>> LAST_SHIFT) & UNIT_MASK) * UNIT_BYTES;
      int at = BytePages.offset(block) + blockBytes(number(chain)) - room;
      System.arraycopy(source, from, blocks.page(block), at, count);
      from += count;
      left -= count;
      page[state + BLOCKS] = chain - count;
    }
    page[state + LENGTH] += (long) length << 32;
  }

  /** Links a new block to a chain that has no room left; answers the chain with it. */
  private long withBlock(long[] page, int state, long chain) {
    boolean first = length(page, state) == 0 && chain == 0;
    int number = first ? 0 : Math.min(NUMBER_MAX, number(chain) + 1);
    int block = blocks.allocate(blockBytes(number));
    long unit = block / UNIT_BYTES;
    long head = unit << FIRST_SHIFT;
    if (!first) {
      int last = ((int) (chain >>> LAST_SHIFT) & UNIT_MASK) * UNIT_BYTES;
      IntBytes.set(blocks.page(last), BytePages.offset(last), block);
      head = chain >>> FIRST_SHIFT << FIRST_SHIFT;
    }
    return head
        | unit << LAST_SHIFT
        | (long) number << NUMBER_SHIFT
        | (blockBytes(number) - LINK_BYTES);
  }

  private static int length(long[] page, int state) {
    return (int) (page[state + LENGTH] >>> 32);
  }

  private static int number(long chain) {
    return (int) (chain >>> NUMBER_SHIFT) & NUMBER_MAX;
  }

  private static int blockBytes(int number) {
    return number == 0 ? UNIT_BYTES : UNIT_BYTES << (number - 1);
  }

  private static int previousLate(long[] page, int state) {
    return (int) page[state + DIFFERENCE] - 1;
  }

  private static void late(long[] page, int state, int entry) {
    page[state + DIFFERENCE] = (page[state + DIFFERENCE] & ~LOW) | (entry + 1);
  }

  private long @Nullable [] statePage(int series) {
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
