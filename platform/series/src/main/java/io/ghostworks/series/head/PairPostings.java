package io.ghostworks.series.head;

import io.ghostworks.series.primitive.BytePages;
import io.ghostworks.series.primitive.IntPages;
import java.util.ArrayList;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * The series of each label pair, ascending: one id in place for the many pairs that only one series
 * has; a chain of blocks with the gaps between ids as varints; and a bitmap for pairs of thousands.
 *
 * <pre>
 * block := next:u32 gaps        // 16, 32, 64, 128 and from then on 256 bytes; next is a position, little-endian
 * gap   := varint               // of the id minus the one before minus 1; the first id is counted from -1
 * </pre>
 */
final class PairPostings {
  private static final int BITMAP_FROM = 4_096;
  private static final int LINK_BYTES = Integer.BYTES;
  private static final int BLOCK_BYTES_MIN = 16;
  private static final int BLOCK_NUMBER_MAX = 4;
  private static final long BITMAP_BYTES = 160;

  private final BytePages pages = new BytePages();

  /** The series of a pair that has one, or the complement of its list's number. */
  private final IntPages first = new IntPages();

  /** The first block of a list, or the complement of its bitmap's number. */
  private final IntPages heads = new IntPages();

  /** The position of the next byte in the last block. */
  private final IntPages tails = new IntPages();

  /** Bytes left in the last block, and above the lowest 16 bits the block's number. */
  private final IntPages rooms = new IntPages();

  private final IntPages newest = new IntPages();
  private final IntPages counts = new IntPages();
  private final List<RoaringBitmap> bitmaps = new ArrayList<>();
  private long bitmapBytes;

  /** Adds a series to a pair; ids come ascending, new pairs in the order of their numbers. */
  void add(int pair, int series, boolean newPair) {
    if (newPair) {
      first.add(series);
      return;
    }
    int known = first.get(pair);
    if (known >= 0) {
      first.set(pair, ~newList());
      append(~first.get(pair), known);
    }
    append(~first.get(pair), series);
  }

  /** How many series a pair has. */
  int count(int pair) {
    int known = first.get(pair);
    return known >= 0 ? 1 : counts.get(~known);
  }

  void addTo(int pair, RoaringBitmap target) {
    int known = first.get(pair);
    if (known >= 0) {
      target.add(known);
      return;
    }
    int head = heads.get(~known);
    if (head < 0) {
      target.or(bitmaps.get(~head));
    } else {
      read(~known, target);
    }
  }

  /** Takes away the series that do not have a pair. */
  void retainIn(int pair, RoaringBitmap target) {
    int known = first.get(pair);
    int head = known >= 0 ? 0 : heads.get(~known);
    if (head < 0) {
      target.and(bitmaps.get(~head));
    } else {
      RoaringBitmap wanted = new RoaringBitmap();
      addTo(pair, wanted);
      target.and(wanted);
    }
  }

  long bytes() {
    return pages.bytes()
        + first.bytes()
        + heads.bytes()
        + tails.bytes()
        + rooms.bytes()
        + newest.bytes()
        + counts.bytes()
        + bitmapBytes;
  }

  private int newList() {
    int block = pages.allocate(BLOCK_BYTES_MIN);
    heads.add(block);
    tails.add(block + LINK_BYTES);
    rooms.add(BLOCK_BYTES_MIN - LINK_BYTES);
    newest.add(-1);
    counts.add(0);
    return heads.size() - 1;
  }

  private void append(int list, int series) {
    int count = counts.get(list);
    int head = heads.get(list);
    counts.set(list, count + 1);
    if (head < 0) {
      bitmaps.get(~head).add(series);
      bitmapBytes += Short.BYTES;
      return;
    }
    if (count == BITMAP_FROM) {
      toBitmap(list, series);
      return;
    }
    int rest = series - newest.get(list) - 1;
    newest.set(list, series);
    while ((rest & ~0x7f) != 0) {
      appendByte(list, rest | 0x80);
      rest >>>= 7;
    }
    appendByte(list, rest);
  }

  private void appendByte(int list, int value) {
    int room = rooms.get(list);
    if ((room & 0xffff) == 0) {
      room = addBlock(list, room >>> 16);
    }
    int at = tails.get(list);
    pages.page(at)[BytePages.offset(at)] = (byte) value;
    tails.set(list, at + 1);
    rooms.set(list, room - 1);
  }

  private int addBlock(int list, int numberBefore) {
    int number = Math.min(BLOCK_NUMBER_MAX, numberBefore + 1);
    // The last byte of the last block stands before the position, also at a page's end.
    int lastByte = tails.get(list) - 1;
    int lastBlock = BytePages.offset(lastByte) + 1 - (BLOCK_BYTES_MIN << numberBefore);
    byte[] lastPage = pages.page(lastByte);
    int block = pages.allocate(BLOCK_BYTES_MIN << number);
    IntBytes.set(lastPage, lastBlock, block);
    tails.set(list, block + LINK_BYTES);
    return number << 16 | ((BLOCK_BYTES_MIN << number) - LINK_BYTES);
  }

  private void toBitmap(int list, int series) {
    RoaringBitmap bitmap = new RoaringBitmap();
    read(list, bitmap);
    bitmap.add(series);
    heads.set(list, ~bitmaps.size());
    bitmaps.add(bitmap);
    bitmapBytes += BITMAP_BYTES + (long) Short.BYTES * BITMAP_FROM;
  }

  /** Reads a list whose counted ids are all in its chain, or all but the one that is added. */
  private void read(int list, RoaringBitmap target) {
    int left = Math.min(BITMAP_FROM, counts.get(list));
    int block = heads.get(list);
    int series = -1;
    int gap = 0;
    int shift = 0;
    for (int number = 0; left > 0; number++) {
      byte[] page = pages.page(block);
      int from = BytePages.offset(block);
      int to = from + (BLOCK_BYTES_MIN << Math.min(number, BLOCK_NUMBER_MAX));
      for (int at = from + LINK_BYTES; at < to && left > 0; at++) {
        byte b = page[at];
        gap |= (b & 0x7f) << shift;
        shift += 7;
        if (b >= 0) {
          series += gap + 1;
          target.add(series);
          left--;
          gap = 0;
          shift = 0;
        }
      }
      block = IntBytes.get(page, from);
    }
  }
}
