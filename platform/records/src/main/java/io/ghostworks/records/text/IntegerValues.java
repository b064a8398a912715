package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whole numbers, each between the same affixes. */
final class IntegerValues implements StoredValues {

  private static final int DIGITS_MAX = 20;
  private static final int NUMBER_BYTES_MAX = DIGITS_MAX + 1;

  private static final byte[] TENS = new byte[100];
  private static final byte[] ONES = new byte[100];
  private static final long[] POWERS = new long[19];

  static {
    for (int i = 0; i < 100; i++) {
      TENS[i] = (byte) ('0' + i / 10);
      ONES[i] = (byte) ('0' + i % 10);
    }
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private final Streams streams;
  private final int stream;
  private final int count;
  private final Affixes affixes;
  private final boolean delta;
  private final int width;
  private final long base;
  private final int planes;
  private long @Nullable [] numbers;

  IntegerValues(BytesInput meta, Streams streams, int stream, int count)
      throws DamagedDataException {
    this.streams = streams;
    this.stream = stream;
    this.count = count;
    affixes = Affixes.read(meta);
    delta = (meta.getByte() & ValuesWriter.DELTA_FLAG) != 0;
    width = meta.getVarint(DIGITS_MAX);
    base = meta.getZigzag();
    planes = meta.getByte();
    if (planes == 0 || planes > Long.BYTES) {
      throw new DamagedDataException("a number must have 1 to 8 bytes, got " + planes);
    }
    streams.mustHave(stream, (long) planes * count);
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void append(int index, ByteArena arena) throws DamagedDataException {
    int at = arena.reserve(affixes.length() + NUMBER_BYTES_MAX);
    int length = put(numbers()[index], arena.array(), at);
    arena.truncate(at + length);
  }

  @Override
  public void match(Probe probe, RowSet into) throws DamagedDataException {
    if (affixes.length() > 0) {
      if (!probe.isTooLongFor(affixes.length() + NUMBER_BYTES_MAX)) {
        test(probe::test, into);
      }
    } else if (isNumeric(probe.bytes()) && !probe.isTooLongFor(lengthMax())) {
      if (probe.atStart() && probe.atEnd()) {
        equal(probe.bytes(), into);
      } else {
        test(probe::test, into);
      }
    }
  }

  /** No number is written longer than this, as far as is known without unpacking. */
  private int lengthMax() {
    if (delta || planes == Long.BYTES || base < 0) {
      return NUMBER_BYTES_MAX;
    }
    long max = base + (1L << (8 * planes));
    return max < 0 ? NUMBER_BYTES_MAX : Math.max(width, digits(max));
  }

  /** Adds the numbers that are written so. */
  private void equal(byte[] wanted, RowSet into) throws DamagedDataException {
    int start = wanted.length > 0 && wanted[0] == '-' ? 1 : 0;
    long number = 0;
    for (int i = start; i < wanted.length; i++) {
      if (!Tokens.isDigit(wanted[i]) || wanted.length > ValueFacts.NUMBER_DIGITS_MAX + 1) {
        return;
      }
      number = number * 10 + wanted[i] - '0';
    }
    byte[] text = new byte[NUMBER_BYTES_MAX];
    int length = put(start == 1 ? -number : number, text, 0);
    if (!Arrays.equals(text, 0, length, wanted, 0, wanted.length)) {
      return;
    }
    long[] all = numbers();
    for (int i = 0; i < count; i++) {
      if (all[i] == (start == 1 ? -number : number)) {
        into.add(i);
      }
    }
  }

  @Override
  public void test(TextTest test, RowSet into) throws DamagedDataException {
    byte[] text = new byte[affixes.length() + NUMBER_BYTES_MAX];
    long[] all = numbers();
    for (int i = 0; i < count; i++) {
      if (test.test(text, 0, put(all[i], text, 0))) {
        into.add(i);
      }
    }
  }

  private static boolean isNumeric(byte[] bytes) {
    for (byte next : bytes) {
      if (!Tokens.isDigit(next) && next != '-') {
        return false;
      }
    }
    return true;
  }

  /** Writes a value with its affixes; gives its length. */
  private int put(long number, byte[] target, int at) {
    int start = at + affixes.prefix().length;
    int end = start;
    long rest = number;
    if (number < 0) {
      target[end++] = '-';
      rest = number == Long.MIN_VALUE ? Long.MAX_VALUE : -number;
    }
    int digits = Math.max(width, digits(rest));
    end += digits;
    int first = end - digits;
    int i = end;
    while (i - 2 >= first) {
      long quotient = rest / 100;
      int pair = (int) (rest - quotient * 100);
      i -= 2;
      target[i] = TENS[pair];
      target[i + 1] = ONES[pair];
      rest = quotient;
    }
    if (i > first) {
      target[first] = (byte) ('0' + rest % 10);
    }
    if (affixes.length() == 0) {
      return end - at;
    }
    affixes.around(target, at, end - start);
    return end - at + affixes.suffix().length;
  }

  /** How many digits a number has that is not negative. */
  private static int digits(long number) {
    // 1233 / 4096 is a little above the logarithm of 2 to base 10.
    int guess = ((Long.SIZE - Long.numberOfLeadingZeros(number | 1)) * 1233) >>> 12;
    return guess < POWERS.length && number >= POWERS[guess] ? guess + 1 : Math.max(1, guess);
  }

  private long[] numbers() throws DamagedDataException {
    long[] known = numbers;
    if (known != null) {
      return known;
    }
    long[] all = new long[count];
    byte[] bytes = streams.array(stream);
    int at = streams.offset(stream);
    for (int plane = 0; plane < planes; plane++) {
      int shift = 8 * plane;
      for (int i = 0; i < count; i++) {
        all[i] |= (bytes[at++] & 0xFFL) << shift;
      }
    }
    long before = base;
    for (int i = 0; i < count; i++) {
      if (delta) {
        before += (all[i] >>> 1) ^ -(all[i] & 1);
        all[i] = before;
      } else {
        all[i] += base;
      }
    }
    numbers = all;
    return all;
  }
}
