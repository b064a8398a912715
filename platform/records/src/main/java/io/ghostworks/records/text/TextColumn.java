package io.ghostworks.records.text;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;

/**
 * Reads a column that {@link TextColumnWriter} wrote. What a call needs is unpacked at that call
 * and kept, so one is made for a query and a block and dropped afterwards. Not thread-safe.
 */
public final class TextColumn {

  private final int[] ends;
  private final byte[] packed;
  private byte[] texts = new byte[0];

  private TextColumn(int[] ends, byte[] packed) {
    this.ends = ends;
    this.packed = packed;
  }

  /**
   * Opens a column.
   *
   * @param in begins with the column; keeps a copy of what it needs
   * @param rowsMax the most rows that are accepted
   * @param textBytesMax the most bytes of all texts that are accepted
   * @throws DamagedDataException if it is no column of at most that size
   */
  public static TextColumn open(BytesInput in, int rowsMax, int textBytesMax)
      throws DamagedDataException {
    int version = in.getByte();
    if (version != TextColumnWriter.VERSION) {
      throw new DamagedDataException(
          "a text column must have version %d, got %d"
              .formatted(TextColumnWriter.VERSION, version));
    }
    int rows = in.getVarint(Math.min(rowsMax, in.remaining()));
    int total = in.getVarint(textBytesMax);
    int[] ends = new int[rows + 1];
    for (int row = 0; row < rows; row++) {
      ends[row + 1] = ends[row] + in.getVarint(total - ends[row]);
    }
    if (ends[rows] != total) {
      throw new DamagedDataException(
          "the texts must have %d bytes, got %d".formatted(total, ends[rows]));
    }
    return new TextColumn(ends, in.getLengthAndBytes());
  }

  /** How many texts it has. */
  public int rows() {
    return ends.length - 1;
  }

  /** Bytes of all texts. */
  public long textBytes() {
    return ends[rows()];
  }

  /** The rows among these whose text contains the needle. */
  public RowSet matches(Needle needle, RowSet among) throws DamagedDataException {
    return matches(needle::occursIn, among);
  }

  /** The rows among these whose text passes a test; every text is rebuilt, so ask this last. */
  public RowSet matches(TextTest test, RowSet among) throws DamagedDataException {
    RowSet found = RowSet.none(rows());
    byte[] all = unpacked();
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      if (test.test(all, ends[row], ends[row + 1] - ends[row])) {
        found.add(row);
      }
    }
    return found;
  }

  /**
   * Appends the texts of these rows to an arena.
   *
   * @param slices gets the slice of each of these rows at the row's index
   */
  public void texts(RowSet wanted, ByteArena arena, long[] slices) throws DamagedDataException {
    byte[] all = unpacked();
    for (int row = wanted.next(0); row >= 0; row = wanted.next(row + 1)) {
      slices[row] = arena.append(all, ends[row], ends[row + 1] - ends[row]);
    }
  }

  private byte[] unpacked() throws DamagedDataException {
    int total = ends[rows()];
    if (texts.length < total) {
      byte[] target = new byte[total];
      if (!unpacks(packed, target)) {
        throw new DamagedDataException("the texts must unpack to %d bytes".formatted(total));
      }
      texts = target;
    }
    return texts;
  }

  private static boolean unpacks(byte[] packed, byte[] target) {
    try {
      return Zstd.decompress(target, packed) == target.length;
    } catch (ZstdException e) {
      return false;
    }
  }
}
