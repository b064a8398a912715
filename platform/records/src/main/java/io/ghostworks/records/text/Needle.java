package io.ghostworks.records.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Bytes that a text shall contain, and how they are looked for: at eight places at once, first the
 * two bytes of the needle that are rarest in logs, then the rest. Safe for use by many threads.
 */
public final class Needle {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN)
          .withInvokeExactBehavior();
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long CASE_BITS = 0x2020202020202020L;
  private static final byte[] COMMONNESS = commonness();

  private final byte[] bytes;
  private final boolean ignoresCase;
  private final int rarest;
  private final int secondRarest;
  private final long rarestPattern;
  private final long secondPattern;
  private final long rarestFold;
  private final long secondFold;

  private Needle(byte[] bytes, boolean ignoresCase) {
    this.bytes = bytes;
    this.ignoresCase = ignoresCase;
    this.rarest = rarest(bytes, -1);
    this.secondRarest = bytes.length > 1 ? rarest(bytes, rarest) : rarest;
    this.rarestPattern = bytes.length == 0 ? 0 : (bytes[rarest] & 0xFF) * ONES;
    this.secondPattern = bytes.length == 0 ? 0 : (bytes[secondRarest] & 0xFF) * ONES;
    this.rarestFold = fold(rarest);
    this.secondFold = fold(secondRarest);
  }

  /** Exactly these bytes. */
  public static Needle of(byte[] bytes) {
    return new Needle(bytes.clone(), false);
  }

  /** These bytes, where ASCII letters of either case are the same. */
  public static Needle ignoringCase(byte[] bytes) {
    byte[] lower = bytes.clone();
    for (int i = 0; i < lower.length; i++) {
      lower[i] = lower(lower[i]);
    }
    return new Needle(lower, true);
  }

  /** How many bytes it has. */
  public int length() {
    return bytes.length;
  }

  public boolean ignoresCase() {
    return ignoresCase;
  }

  /** Whether it occurs in a range; the empty one occurs everywhere. */
  public boolean occursIn(byte[] text, int offset, int length) {
    return indexIn(text, offset, offset + length) >= 0;
  }

  /** A range of it, looked for in the same way. */
  Needle piece(int from, int to) {
    return new Needle(Arrays.copyOfRange(bytes, from, to), ignoresCase);
  }

  /** A copy of its bytes, in lower case where case is ignored. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** The bytes, in lower case where case is ignored; only read. */
  byte[] bytes() {
    return bytes;
  }

  /** Where it first occurs whole in {@code [from, to)}; -1 if nowhere. */
  int indexIn(byte[] text, int from, int to) {
    int last = to - bytes.length;
    if (bytes.length == 0) {
      return from <= to ? from : -1;
    }
    int at = from;
    for (; at <= last - (Long.BYTES - 1); at += Long.BYTES) {
      long first = ((long) LONG.get(text, at + rarest) | rarestFold) ^ rarestPattern;
      long second = ((long) LONG.get(text, at + secondRarest) | secondFold) ^ secondPattern;
      long different = first | second;
      long zeros = (different - ONES) & ~different & HIGHS;
      while (zeros != 0) {
        int candidate = at + (Long.numberOfTrailingZeros(zeros) >>> 3);
        if (isAt(text, candidate)) {
          return candidate;
        }
        zeros &= zeros - 1;
      }
    }
    for (; at <= last; at++) {
      if (isAt(text, at)) {
        return at;
      }
    }
    return -1;
  }

  private boolean isAt(byte[] text, int at) {
    return matches(text, at, bytes, 0, bytes.length, ignoresCase);
  }

  /** Whether the range of the needle stands in a text at an offset; no bounds are checked. */
  static boolean matches(
      byte[] text, int at, byte[] needle, int from, int length, boolean ignoresCase) {
    if (ignoresCase) {
      for (int i = 0; i < length; i++) {
        if (lower(text[at + i]) != needle[from + i]) {
          return false;
        }
      }
      return true;
    }
    for (int i = 0; i < length; i++) {
      if (text[at + i] != needle[from + i]) {
        return false;
      }
    }
    return true;
  }

  static byte lower(byte value) {
    return value >= 'A' && value <= 'Z' ? (byte) (value + 32) : value;
  }

  private long fold(int index) {
    return ignoresCase && bytes.length > 0 && bytes[index] >= 'a' && bytes[index] <= 'z'
        ? CASE_BITS
        : 0;
  }

  private static int rarest(byte[] bytes, int except) {
    int best = except == 0 ? 1 : 0;
    for (int i = best + 1; i < bytes.length; i++) {
      if (i != except && COMMONNESS[bytes[i] & 0xFF] < COMMONNESS[bytes[best] & 0xFF]) {
        best = i;
      }
    }
    return best;
  }

  /** How common each byte is in logs; only the order counts. */
  private static byte[] commonness() {
    byte[] common = new byte[256];
    String ascending = "~`^\\|{}<>?!@#$%&*+;()'JQZXKYVjqzWHUGFBLPMNOxDRCTIASE[]kw,=yv_/bfh\"";
    String mostCommon = "gmup:lcd98765432.-10nriosate ";
    for (int i = 0; i < ascending.length(); i++) {
      common[ascending.charAt(i)] = (byte) (i + 1);
    }
    for (int i = 0; i < mostCommon.length(); i++) {
      common[mostCommon.charAt(i)] = (byte) (ascending.length() + i + 1);
    }
    return common;
  }
}
