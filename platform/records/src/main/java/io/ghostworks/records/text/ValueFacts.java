package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import java.util.Arrays;

/**
 * What the values of a variable have in common, and which of their forms is the shortest. Reused;
 * what a getter gives is valid until the next {@link #read}. Not thread-safe.
 */
final class ValueFacts {

  static final int NUMBER_DIGITS_MAX = 18;
  private static final int HEX_DIGITS_MIN = 4;
  private static final int SAMPLE = 512;

  private int minLength;
  private int maxLength;
  private long totalBytes;
  private boolean allEqual;
  private int prefix;
  private int suffix;

  private long[] numbers = new long[0];
  private int width;
  private long minNumber;
  private long maxNumber;
  private boolean integer;
  private boolean delta;
  private double integerBits;

  private boolean hex;
  private boolean upperHex;

  private int[] codes = new int[0];
  private long[] entries = new long[16];
  private int[] table = new int[64];
  private int distinct;

  /**
   * Looks at values.
   *
   * @param typed whether they may be numbers or hex digits
   */
  void read(byte[] text, long[] values, int count, boolean typed) {
    lengths(text, values, count);
    integer = false;
    hex = false;
    distinct = 0;
    if (allEqual) {
      return;
    }
    if (typed) {
      affixes(text, values, count);
      integer = minLength > prefix + suffix && integers(text, values, count);
      if (!integer) {
        hex = hexDigits(text, values, count);
      }
    }
    countDistinct(text, values, count);
    if (distinct > 0 && plainBits(count, count) <= dictionaryBits(count)) {
      distinct = 0;
    }
  }

  boolean allEqual() {
    return allEqual;
  }

  int minLength() {
    return minLength;
  }

  int maxLength() {
    return maxLength;
  }

  long totalBytes() {
    return totalBytes;
  }

  /** Bytes at the start that all share and that are no part of a number. */
  int prefix() {
    return prefix;
  }

  int suffix() {
    return suffix;
  }

  boolean isInteger() {
    return integer;
  }

  /** The numbers between the affixes; the caller may write into it. */
  long[] numbers() {
    return numbers;
  }

  /** Digits of every number where some have leading zeros, else 0. */
  int width() {
    return width;
  }

  long minNumber() {
    return minNumber;
  }

  boolean isDelta() {
    return delta;
  }

  /** All have the same number of hex digits of one case between the affixes. */
  boolean isHex() {
    return hex;
  }

  boolean isUpperHex() {
    return upperHex;
  }

  /** How many distinct values there are; 0 where a dictionary does not pay. */
  int distinct() {
    return distinct;
  }

  /** The number of each value's entry. */
  int[] codes() {
    return codes;
  }

  /** The distinct values as they came first. */
  long[] entries() {
    return Arrays.copyOf(entries, distinct);
  }

  private void lengths(byte[] text, long[] values, int count) {
    minLength = Integer.MAX_VALUE;
    maxLength = 0;
    totalBytes = 0;
    allEqual = true;
    for (int i = 0; i < count; i++) {
      int length = ByteArena.length(values[i]);
      minLength = Math.min(minLength, length);
      maxLength = Math.max(maxLength, length);
      totalBytes += length;
      allEqual = allEqual && equal(text, values[0], values[i]);
    }
  }

  private void affixes(byte[] text, long[] values, int count) {
    int first = ByteArena.offset(values[0]);
    int firstEnd = first + ByteArena.length(values[0]);
    prefix = minLength;
    suffix = minLength;
    for (int i = 1; i < count && (prefix > 0 || suffix > 0); i++) {
      int offset = ByteArena.offset(values[i]);
      int end = offset + ByteArena.length(values[i]);
      int same = 0;
      while (same < prefix && text[offset + same] == text[first + same]) {
        same++;
      }
      prefix = same;
      same = 0;
      while (same < suffix && text[end - same - 1] == text[firstEnd - same - 1]) {
        same++;
      }
      suffix = same;
    }
    while (prefix > 0 && isNumeric(text[first + prefix - 1])) {
      prefix--;
    }
    while (suffix > 0 && isNumeric(text[firstEnd - suffix])) {
      suffix--;
    }
    suffix = Math.min(suffix, minLength - prefix);
  }

  private static boolean isNumeric(byte value) {
    return Tokens.isDigit(value) || value == '-';
  }

  private boolean integers(byte[] text, long[] values, int count) {
    if (numbers.length < count) {
      numbers = new long[Math.max(count, 2 * numbers.length)];
    }
    boolean zeros = false;
    minNumber = Long.MAX_VALUE;
    maxNumber = Long.MIN_VALUE;
    for (int i = 0; i < count; i++) {
      int at = ByteArena.offset(values[i]) + prefix;
      int end = ByteArena.offset(values[i]) + ByteArena.length(values[i]) - suffix;
      boolean negative = text[at] == '-';
      int start = negative ? at + 1 : at;
      if (end - start > NUMBER_DIGITS_MAX || start == end) {
        return false;
      }
      long number = 0;
      for (int j = start; j < end; j++) {
        int digit = text[j] - '0';
        if (digit < 0 || digit > 9) {
          return false;
        }
        number = number * 10 + digit;
      }
      zeros |= text[start] == '0' && end - start > 1;
      if (negative && number == 0) {
        return false;
      }
      numbers[i] = negative ? -number : number;
      minNumber = Math.min(minNumber, numbers[i]);
      maxNumber = Math.max(maxNumber, numbers[i]);
    }
    width = zeros ? minLength - prefix - suffix : 0;
    if (zeros && (minLength != maxLength || minNumber < 0)) {
      return false;
    }
    chooseBase(count);
    return Math.ceil(integerBits / 8) <= 2 * totalBytes;
  }

  private void chooseBase(int count) {
    long based = 0;
    long stepped = 0;
    long maxStep = 0;
    for (int i = 0; i < count; i++) {
      long step = i == 0 ? 0 : numbers[i] - numbers[i - 1];
      long zigzag = (step << 1) ^ (step >> 63);
      maxStep |= zigzag;
      based += bits(numbers[i] - minNumber);
      stepped += bits(zigzag);
    }
    delta = stepped < 0.8 * based;
    integerBits = delta ? stepped : based;
    long planes = (bits(delta ? maxStep : maxNumber - minNumber) + 7L) / 8;
    if (8.0 * planes * count > 16.0 * totalBytes) {
      integerBits = Double.MAX_VALUE;
    }
  }

  private static int bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value);
  }

  private boolean hexDigits(byte[] text, long[] values, int count) {
    int digits = minLength - prefix - suffix;
    if (minLength != maxLength || digits < HEX_DIGITS_MIN) {
      return false;
    }
    boolean lower = false;
    upperHex = false;
    for (int i = 0; i < count; i++) {
      int at = ByteArena.offset(values[i]) + prefix;
      for (int j = at; j < at + digits; j++) {
        if (Hex.digit(text[j]) < 0) {
          return false;
        }
        lower |= text[j] >= 'a';
        upperHex |= text[j] >= 'A' && text[j] <= 'F';
      }
    }
    return !(lower && upperHex);
  }

  private void countDistinct(byte[] text, long[] values, int count) {
    if (codes.length < count) {
      codes = new int[Math.max(count, 2 * codes.length)];
    }
    int slots = Integer.highestOneBit(Math.max(16, count)) * 4;
    if (table.length < slots) {
      table = new int[slots];
    } else {
      Arrays.fill(table, 0, slots, 0);
    }
    int mask = slots - 1;
    int found = 0;
    for (int i = 0; i < count; i++) {
      long value = values[i];
      int slot = (int) Hashes.of(text, ByteArena.offset(value), ByteArena.length(value)) & mask;
      while (table[slot] != 0 && !equal(text, entries[table[slot] - 1], value)) {
        slot = (slot + 1) & mask;
      }
      if (table[slot] == 0) {
        if (found == entries.length) {
          entries = Arrays.copyOf(entries, 2 * found);
        }
        entries[found++] = value;
        table[slot] = found;
        if (found > count * 3L / 4 + 1 || (i == SAMPLE && found > SAMPLE * 9 / 10)) {
          distinct = 0;
          return;
        }
      }
      codes[i] = table[slot] - 1;
    }
    distinct = found;
  }

  /** Bits of this many of the values without a dictionary, about. */
  private double plainBits(int values, int count) {
    double bits;
    if (integer) {
      bits = integerBits;
    } else if (hex) {
      bits = 4.0 * (minLength - prefix - suffix) * count;
    } else {
      bits = 3.5 * totalBytes + 2.0 * count;
    }
    return bits * values / count;
  }

  private double dictionaryBits(int count) {
    double code = 0.85 * (Math.log(distinct) / Math.log(2)) + 0.2;
    return count * code + 1.2 * plainBits(distinct, count) + 64;
  }

  private static boolean equal(byte[] text, long left, long right) {
    int length = ByteArena.length(left);
    if (length != ByteArena.length(right)) {
      return false;
    }
    int a = ByteArena.offset(left);
    int b = ByteArena.offset(right);
    return Arrays.equals(text, a, a + length, text, b, b + length);
  }
}
