package io.ghostworks.records.text;

import java.util.Arrays;

/**
 * What a value shall hold: a piece of a needle, anywhere, at its start, at its end, or as all of
 * it.
 */
final class Probe {

  private final byte[] bytes;
  private final boolean atStart;
  private final boolean atEnd;
  private final boolean ignoresCase;
  private final Needle needle;
  private final boolean tokenOnly;
  private final boolean insideOnly;

  private Probe(Needle needle, boolean atStart, boolean atEnd, boolean insideOnly) {
    this.needle = needle;
    this.insideOnly = insideOnly;
    this.bytes = needle.bytes();
    this.atStart = atStart;
    this.atEnd = atEnd;
    this.ignoresCase = needle.ignoresCase();
    this.tokenOnly = Tokens.end(bytes, 0, bytes.length) == bytes.length;
  }

  /** The needle anywhere. */
  static Probe contains(Needle needle) {
    return contains(needle, false);
  }

  /**
   * The needle anywhere.
   *
   * @param insideOnly whether it is known that it is no whole token of any text, but might be
   *     inside a longer one
   */
  static Probe contains(Needle needle, boolean insideOnly) {
    return new Probe(needle, false, false, insideOnly);
  }

  /** All of the needle is the value. */
  static Probe equal(Needle needle) {
    return new Probe(needle, true, true, false);
  }

  /** A range of this needle, with ends that are bound or not. */
  Probe piece(int from, int to, boolean start, boolean end) {
    return new Probe(needle.piece(from, to), start, end, false);
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return bytes.length;
  }

  boolean atStart() {
    return atStart;
  }

  boolean atEnd() {
    return atEnd;
  }

  boolean ignoresCase() {
    return ignoresCase;
  }

  Needle needle() {
    return needle;
  }

  /** Whether it consists of bytes of tokens only. */
  boolean isTokenOnly() {
    return tokenOnly;
  }

  /**
   * Whether no value of at most this length fulfils it. A value that is as long as a needle of
   * token bytes and contains it is the needle; as values end where tokens end, it would be a whole
   * token.
   */
  boolean isTooLongFor(int lengthMax) {
    return insideOnly ? bytes.length >= lengthMax : bytes.length > lengthMax;
  }

  /** Whether a value fulfils it. */
  boolean test(byte[] text, int offset, int length) {
    if (atStart) {
      return (atEnd ? length == bytes.length : length >= bytes.length)
          && Needle.matches(text, offset, bytes, 0, bytes.length, ignoresCase);
    }
    if (atEnd) {
      return length >= bytes.length
          && Needle.matches(
              text, offset + length - bytes.length, bytes, 0, bytes.length, ignoresCase);
    }
    return needle.occursIn(text, offset, length);
  }

  /**
   * Adds the values of consecutive ranges that fulfil it.
   *
   * @param ends value i lies in {@code [ends[i], ends[i + 1])} of the text
   */
  void testAll(byte[] text, int[] ends, int count, RowSet into) {
    if (atStart || atEnd || bytes.length == 0) {
      for (int i = 0; i < count; i++) {
        if (test(text, ends[i], ends[i + 1] - ends[i])) {
          into.add(i);
        }
      }
      return;
    }
    int at = ends[0];
    int value = 0;
    while (true) {
      at = needle.indexIn(text, at, ends[count]);
      if (at < 0) {
        return;
      }
      value = valueAt(ends, count, value, at);
      if (at + bytes.length <= ends[value + 1]) {
        into.add(value);
        at = ends[value + 1];
      } else {
        at++;
      }
    }
  }

  private static int valueAt(int[] ends, int count, int from, int at) {
    if (ends[from + 1] > at) {
      return from;
    }
    int found = Arrays.binarySearch(ends, from, count + 1, at);
    if (found < 0) {
      return -found - 2;
    }
    // Of values that begin at the same place, all but the last are empty.
    while (ends[found + 1] == at) {
      found++;
    }
    return found;
  }
}
