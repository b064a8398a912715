package io.ghostworks.series.primitive;

import java.util.Arrays;

/**
 * A growing column of ints in pages, so that it never copies what it holds nor has more than a page
 * to spare. Not thread-safe.
 */
public final class IntPages {
  private static final int SHIFT = 12;
  private static final int FIRST = 64;
  private static final int MASK = (1 << SHIFT) - 1;

  private int[][] pages = new int[4][];
  private int pageCount;
  private int size;

  public void add(int value) {
    if ((size & MASK) == 0) {
      addPage();
    } else if (size == pages[0].length) {
      // Only the first page is ever shorter than the others, while it is the only one.
      pages[0] = Arrays.copyOf(pages[0], size * 2);
    }
    pages[size >>> SHIFT][size & MASK] = value;
    size++;
  }

  public int get(int index) {
    return pages[index >>> SHIFT][index & MASK];
  }

  public void set(int index, int value) {
    pages[index >>> SHIFT][index & MASK] = value;
  }

  public int size() {
    return size;
  }

  /** Heap bytes of the arrays. */
  public long bytes() {
    long full = Math.max(0, pageCount - 1L) << SHIFT;
    return Integer.BYTES * (full + (pageCount == 0 ? 0 : pages[0].length)) + 4L * pages.length;
  }

  private void addPage() {
    if (pageCount == pages.length) {
      pages = Arrays.copyOf(pages, pageCount * 2);
    }
    pages[pageCount++] = new int[size == 0 ? FIRST : 1 << SHIFT];
  }
}
