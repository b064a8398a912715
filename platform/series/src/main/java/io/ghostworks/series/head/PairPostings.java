package io.ghostworks.series.head;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The series of each label pair: one id in place for the many pairs that only one series has, a
 * bitmap for the others.
 */
final class PairPostings {
  private static final long BITMAP_BYTES = 160;

  private int[] first = new int[64];
  private @Nullable RoaringBitmap[] more = new @Nullable RoaringBitmap[64];
  private long bitmapBytes;

  /** Adds a series to a pair; ids come ascending. */
  void add(int pair, int series, boolean newPair) {
    if (pair >= first.length) {
      first = Arrays.copyOf(first, pair * 2);
      more = Arrays.copyOf(more, pair * 2);
    }
    if (newPair) {
      first[pair] = series;
      return;
    }
    RoaringBitmap bitmap = more[pair];
    if (bitmap == null) {
      bitmap = RoaringBitmap.bitmapOf(first[pair]);
      more[pair] = bitmap;
      bitmapBytes += BITMAP_BYTES;
    }
    bitmap.add(series);
    bitmapBytes += Short.BYTES;
  }

  void addTo(int pair, RoaringBitmap target) {
    RoaringBitmap bitmap = more[pair];
    if (bitmap == null) {
      target.add(first[pair]);
    } else {
      target.or(bitmap);
    }
  }

  long bytes() {
    return 8L * first.length + bitmapBytes;
  }
}
