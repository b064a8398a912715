package io.ghostworks.records.text;

import com.github.luben.zstd.Zstd;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesOutput;

/**
 * Encodes the texts of the rows of a block.
 *
 * <pre>
 * column := version:u8 rows:varint textBytes:varint length:varint[rows] packedLength:varint packed
 * </pre>
 *
 * Reused for many blocks; not thread-safe.
 */
public final class TextColumnWriter {

  static final int VERSION = 1;
  private static final int ZSTD_LEVEL = 1;

  /**
   * Appends the column of these texts.
   *
   * @param texts the arena that holds them
   * @param slices the slice of each row's text
   * @param rows how many rows there are
   * @param tokens is told the tokens of the texts
   */
  public void write(
      ByteArena texts, long[] slices, int rows, BytesOutput out, TokenVisitor tokens) {
    int total = 0;
    out.putByte(VERSION);
    out.putVarint(rows);
    for (int row = 0; row < rows; row++) {
      total = Math.addExact(total, ByteArena.length(slices[row]));
    }
    out.putVarint(total);
    byte[] all = new byte[total];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      int length = ByteArena.length(slices[row]);
      System.arraycopy(texts.array(), ByteArena.offset(slices[row]), all, at, length);
      Tokens.visit(all, at, length, tokens);
      at += length;
      out.putVarint(length);
    }
    byte[] packed = Zstd.compress(all, ZSTD_LEVEL);
    out.putLengthAndBytes(packed, 0, packed.length);
  }
}
