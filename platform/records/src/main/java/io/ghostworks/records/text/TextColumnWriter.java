package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesOutput;

/**
 * Encodes the texts of the rows of a block: log bodies, paths, statements.
 *
 * <pre>
 * column  := version:u8 rows:varint textBytes:varint rawLength:varint length:varint meta contentLength:varint content
 * meta    := directory group    // packed to length bytes; not, where that equals rawLength
 * content := frame bytes        // directory and frames as StreamsWriter, the group as TextGroupWriter says
 * </pre>
 *
 * Whatever the bytes of a text are, they are given back. The column has no checksum; the block that
 * it is part of has. Reused for many blocks; not thread-safe.
 */
public final class TextColumnWriter {

  static final int VERSION = 1;
  static final int ROWS_MAX = 65_536;
  private static final int LIMIT_BYTES = Integer.MAX_VALUE - 16;

  private final StreamsWriter streams = new StreamsWriter(LIMIT_BYTES);
  private final BytesOutput group = new BytesOutput(1 << 12, LIMIT_BYTES);
  private final BytesOutput meta = new BytesOutput(1 << 12, LIMIT_BYTES);
  private final BytesOutput content = new BytesOutput(1 << 16, LIMIT_BYTES);
  private final HandedTokens tokens = new HandedTokens();
  private final TextGroupWriter texts = new TextGroupWriter(streams, group, tokens, true);

  /**
   * Appends the column of these texts.
   *
   * @param arena holds the texts
   * @param slices the slice of each row's text
   * @param rows how many rows there are, at most 65,536
   * @param visitor is told the tokens of the texts
   */
  public void write(
      ByteArena arena, long[] slices, int rows, BytesOutput out, TokenVisitor visitor) {
    if (rows > ROWS_MAX) {
      throw new IllegalArgumentException(
          "a column of texts has at most %d rows, got %d".formatted(ROWS_MAX, rows));
    }
    long textBytes = 0;
    for (int row = 0; row < rows; row++) {
      textBytes += ByteArena.length(slices[row]);
    }
    streams.clear();
    group.clear();
    meta.clear();
    content.clear();
    tokens.visitor = visitor;
    texts.write(arena.array(), slices, rows);
    streams.finish(meta, content);
    meta.putBytes(group.array(), 0, group.position());
    byte[] packed = StreamsWriter.packed(meta.array(), 0, meta.position());
    out.putByte(VERSION);
    out.putVarint(rows);
    out.putVarint(textBytes);
    out.putVarint(meta.position());
    out.putLengthAndBytes(packed, 0, packed.length);
    out.putLengthAndBytes(content.array(), 0, content.position());
  }

  /** Passes tokens on to whom the call named. */
  private static final class HandedTokens implements TokenVisitor {

    private TokenVisitor visitor = TokenVisitor.NONE;

    @Override
    public void token(byte[] bytes, int offset, int length) {
      visitor.token(bytes, offset, length);
    }
  }
}
