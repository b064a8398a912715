package io.ghostworks.scrape;

import java.util.Arrays;

/** Bytes of a body, growing up to a limit. Lent from scrape to scrape; not thread-safe. */
final class BodyBuffer {
  static final int INITIAL_BYTES = 64 << 10;

  private byte[] bytes;
  private int length;

  BodyBuffer(int initialBytes) {
    this.bytes = new byte[initialBytes];
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  /** Makes room for at least {@code more} further bytes. */
  void reserve(int more) {
    int needed = Math.addExact(length, more);
    if (needed > bytes.length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(Integer.MAX_VALUE - 16, Math.max(needed, bytes.length * 2L)));
    }
  }

  /** Counts bytes that were written behind {@link #length} as part of the body. */
  void advance(int written) {
    length += written;
  }
}
