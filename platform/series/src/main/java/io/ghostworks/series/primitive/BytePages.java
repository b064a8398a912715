package io.ghostworks.series.primitive;

import java.util.Arrays;

/**
 * Small pieces of bytes in pages that they share. A piece never crosses a page and is named by its
 * position, which is not negative: the page's number and, in the lower {@value #OFFSET_BITS} bits,
 * the offset in it. Nothing is freed but the whole. Not thread-safe.
 */
public final class BytePages {
  private static final int OFFSET_BITS = 16;
  private static final int PAGE_BYTES = 1 << OFFSET_BITS;
  private static final int FIRST_PAGE_BYTES = 1 << 12;
  private static final int PAGES_MAX = 1 << (Integer.SIZE - 1 - OFFSET_BITS);

  private byte[][] pages = new byte[4][];
  private int pageCount;
  private int free;
  private long bytes;

  /**
   * Makes room for a piece; one that is larger than a page gets one of its own.
   *
   * @throws IllegalStateException if there are more pages than positions can name: 2 GiB
   */
  public int allocate(int length) {
    if (length > free) {
      // The first pages are smaller: twice as much each time until a page is full-sized.
      addPage(Math.max(length, (int) Math.min(PAGE_BYTES, Math.max(FIRST_PAGE_BYTES, bytes))));
    }
    byte[] page = pages[pageCount - 1];
    int position = (pageCount - 1) << OFFSET_BITS | (page.length - free);
    free -= length;
    return position;
  }

  /** The array in which a piece stands. */
  public byte[] page(int position) {
    return pages[position >>> OFFSET_BITS];
  }

  /** Where in its array a piece begins. */
  public static int offset(int position) {
    return position & (PAGE_BYTES - 1);
  }

  /** Heap bytes of the arrays. */
  public long bytes() {
    return bytes;
  }

  private void addPage(int length) {
    if (pageCount == PAGES_MAX) {
      throw new IllegalStateException("at most %d pages can be named".formatted(PAGES_MAX));
    }
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
    }
    pages[pageCount++] = new byte[length];
    bytes += length;
    free = length;
  }
}
