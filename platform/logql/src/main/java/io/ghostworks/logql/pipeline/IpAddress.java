package io.ghostworks.logql.pipeline;

import org.jspecify.annotations.Nullable;

/**
 * An address of version 4 or 6 as Go's {@code netip} reads it; version 4 comes before version 6.
 *
 * @param bits 32 or 128
 * @param high the first eight bytes of version 6, unsigned; 0 for version 4
 * @param low the last eight bytes, or the whole of version 4
 */
record IpAddress(int bits, long high, long low) implements Comparable<IpAddress> {

  /** The address that the bytes are, or null. */
  static @Nullable IpAddress find(byte[] bytes, int from, int to) {
    if (to - from > 64) {
      return null;
    }
    for (int i = from; i < to; i++) {
      if (bytes[i] == '.') {
        long four = four(bytes, from, to);
        return four < 0 ? null : new IpAddress(32, 0, four);
      }
      if (bytes[i] == ':') {
        return six(bytes, from, to);
      }
    }
    return null;
  }

  private static long four(byte[] bytes, int from, int to) {
    long address = 0;
    int parts = 0;
    int at = from;
    while (true) {
      int digits = at;
      int value = 0;
      while (digits < to && bytes[digits] >= '0' && bytes[digits] <= '9') {
        value = value * 10 + bytes[digits] - '0';
        digits++;
        if (digits - at > 3) {
          return -1;
        }
      }
      boolean leadingZero = digits - at > 1 && bytes[at] == '0';
      if (digits == at || leadingZero || value > 255 || ++parts > 4) {
        return -1;
      }
      address = address << 8 | value;
      if (digits == to) {
        return parts == 4 ? address : -1;
      }
      if (bytes[digits] != '.') {
        return -1;
      }
      at = digits + 1;
    }
  }

  private static @Nullable IpAddress six(byte[] bytes, int from, int to) {
    int[] groups = new int[8];
    int count = 0;
    int gap = -1;
    int at = from;
    if (to - from >= 2 && bytes[from] == ':' && bytes[from + 1] == ':') {
      gap = 0;
      at += 2;
    }
    while (at < to) {
      int value = 0;
      int digits = at;
      while (digits < to && bytes[digits] > 0 && Character.digit(bytes[digits], 16) >= 0) {
        value = value << 4 | Character.digit(bytes[digits], 16);
        digits++;
        if (digits - at > 4) {
          return null;
        }
      }
      if (digits == at) {
        return null;
      }
      if (digits < to && bytes[digits] == '.') {
        long four = count > 6 ? -1 : four(bytes, at, to);
        if (four < 0) {
          return null;
        }
        groups[count++] = (int) (four >>> 16);
        groups[count++] = (int) (four & 0xFFFF);
        break;
      }
      if (count == 8) {
        return null;
      }
      groups[count++] = value;
      at = digits;
      if (at == to) {
        break;
      }
      if (bytes[at] != ':' || at + 1 == to) {
        return null;
      }
      at++;
      if (bytes[at] == ':') {
        if (gap >= 0) {
          return null;
        }
        gap = count;
        at++;
      }
    }
    return (gap < 0) == (count == 8) ? of(groups, count, gap) : null;
  }

  private static IpAddress of(int[] groups, int count, int gap) {
    int[] all = new int[8];
    for (int i = 0; i < count; i++) {
      all[gap >= 0 && i >= gap ? 8 - count + i : i] = groups[i];
    }
    long high = 0;
    long low = 0;
    for (int i = 0; i < 4; i++) {
      high = high << 16 | all[i];
      low = low << 16 | all[i + 4];
    }
    return new IpAddress(128, high, low);
  }

  /** The lowest address with the same first bits, or the highest. */
  IpAddress edge(int prefixBits, boolean highest) {
    if (bits == 32) {
      long mask = prefixBits == 0 ? 0xFFFF_FFFFL : 0xFFFF_FFFFL >>> prefixBits;
      return new IpAddress(32, 0, highest ? low | mask : low & ~mask);
    }
    long highMask = prefixBits >= 64 ? 0 : -1L >>> prefixBits;
    long lowMask = prefixBits <= 64 ? -1L : prefixBits == 128 ? 0 : -1L >>> (prefixBits - 64);
    return highest
        ? new IpAddress(128, high | highMask, low | lowMask)
        : new IpAddress(128, high & ~highMask, low & ~lowMask);
  }

  @Override
  public int compareTo(IpAddress other) {
    if (bits != other.bits) {
      return Integer.compare(bits, other.bits);
    }
    int order = Long.compareUnsigned(high, other.high);
    return order != 0 ? order : Long.compareUnsigned(low, other.low);
  }
}
