package io.ghostworks.series.primitive;

import java.util.Arrays;

/**
 * A growing column of longs in pages, so that it never copies what it holds nor has more than a
 * page to spare. Not thread-safe.
 */
public final class LongPages {
  private static final int SHIFT = 12;
  private static final int FIRST = 64;
  private static final int MASK = (1 << SHIFT) - 1;

  private long[][] pages = new long[4][];
  private int pageCount;
  private int size;

  public void add(long value) {
    if ((size & MASK) == 0) {
      addPage();
    } else if (size == pages[0].length) {
      // Only the first page is ever shorter than the others, while it is the only one.
      pages[0] = Arrays.copyOf(pages[0], size * 2);
    }
    pages[size >>> SHIFT][size & MASK] = value;
    size++;
  }

  public long get(int index) {
    return pages[index >>> SHIFT][index & MASK];
  }

  public void set(int index, long value) {
    pages[index >>> SHIFT][index & MASK] = value;
  }

  public int size() {
    return size;
  }

  /** Heap bytes of the arrays. */
  public long bytes() {
    long full = Math.max(0, pageCount - 1L) << SHIFT;
    return Long.BYTES * (full + (pageCount == 0 ? 0 : pages[0].length)) + 4L * pages.length;
  }

  private void addPage() {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
    }
    pages[pageCount++] = new long[size == 0 ? FIRST : 1 << SHIFT];
  }
}
