package io.ghostworks.records.text;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a column that {@link TextColumnWriter} wrote. What a call needs is unpacked at that call
 * and kept, so one is made for a query and a block and dropped afterwards. Not thread-safe.
 */
public final class TextColumn {

  private static final int OVERHEAD_BYTES = 1 << 16;

  private final long textBytes;
  private final TextGroup texts;

  private TextColumn(long textBytes, TextGroup texts) {
    this.textBytes = textBytes;
    this.texts = texts;
  }

  /**
   * Opens a column.
   *
   * @param in begins with the column; its array is read from later too
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
    int rows = in.getVarint(Math.min(rowsMax, TextColumnWriter.ROWS_MAX));
    int textBytes = in.getVarint(textBytesMax);
    long rawBytesMax = 4L * textBytes + 16L * rows + OVERHEAD_BYTES;
    int metaRawLength = in.getVarint((int) Math.min(Integer.MAX_VALUE - 16, rawBytesMax));
    int metaLength = in.getVarint(Math.min(metaRawLength, in.remaining()));
    int packed = in.arrayOffset();
    in.skip(metaLength);
    byte[] meta = Streams.unpacked(in.array(), packed, metaLength, metaRawLength);
    int contentLength = in.getVarint(in.remaining());
    int content = in.arrayOffset();
    in.skip(contentLength);
    BytesInput metaInput = new BytesInput(meta);
    Streams streams = new Streams(metaInput, in.array(), content, contentLength, rawBytesMax);
    return new TextColumn(textBytes, new ValuesReader(metaInput, streams, textBytes).group(rows));
  }

  /** How many texts it has. */
  public int rows() {
    return texts.count();
  }

  /** Bytes of all texts. */
  public long textBytes() {
    return textBytes;
  }

  /** The rows among these whose text contains the needle. */
  public RowSet matches(Needle needle, RowSet among) throws DamagedDataException {
    return matches(needle, false, among);
  }

  /**
   * The rows among these whose text contains the needle.
   *
   * @param noSuchToken whether it is known that the needle consists of bytes of tokens and that no
   *     text has it as a whole token; values that are no longer than the needle are not looked at
   *     then
   */
  public RowSet matches(Needle needle, boolean noSuchToken, RowSet among)
      throws DamagedDataException {
    RowSet found = RowSet.none(rows());
    texts.match(Probe.contains(needle, noSuchToken), found, among);
    found.retain(among);
    return found;
  }

  /** The rows among these whose text passes a test; every text is rebuilt, so ask this last. */
  public RowSet matches(TextTest test, RowSet among) throws DamagedDataException {
    RowSet found = RowSet.none(rows());
    ByteArena arena = new ByteArena(1 << 12);
    for (int row = among.next(0); row >= 0; row = among.next(row + 1)) {
      arena.truncate(0);
      texts.append(row, arena);
      if (test.test(arena.array(), 0, arena.size())) {
        found.add(row);
      }
    }
    return found;
  }

  /**
   * The rows among these in which the scalar that LogQL's {@code json} stage gives a label of this
   * name may pass a test. It is asked of the scalar as it is written, without the quotes; rows
   * whose scalar has escapes or bytes above 127, and rows that are no flattened JSON, are given
   * too. So the caller asks the rows given again, and asks this only where no label of the row has
   * the name already.
   *
   * @param absent whether rows without such a scalar pass
   */
  public RowSet mayPassJsonField(String name, TextTest test, boolean absent, RowSet among)
      throws DamagedDataException {
    RowSet found = new JsonFieldMatch(texts, name, absent).mayPass(test);
    found.retain(among);
    return found;
  }

  /** As {@link #mayPassJsonField}, where the scalar equals a value that is not empty. */
  public RowSet mayEqualJsonField(String name, byte[] value, RowSet among)
      throws DamagedDataException {
    RowSet found = new JsonFieldMatch(texts, name, false).mayEqual(value);
    found.retain(among);
    return found;
  }

  /** The templates of the texts; rare texts have none. */
  public List<TextTemplate> templates() throws DamagedDataException {
    List<TextTemplate> templates = new ArrayList<>();
    for (int i = 0; i < texts.templates().size(); i++) {
      StoredTemplate template = texts.templates().get(i);
      if (template.hasForm()) {
        templates.add(new TextTemplate(PatternText.of(template), texts.members(i)));
      }
    }
    return templates;
  }

  /**
   * Appends the texts of these rows to an arena.
   *
   * @param slices gets the slice of each of these rows at the row's index
   */
  public void texts(RowSet wanted, ByteArena arena, long[] slices) throws DamagedDataException {
    int start = arena.size();
    for (int row = wanted.next(0); row >= 0; row = wanted.next(row + 1)) {
      int from = arena.size();
      texts.append(row, arena);
      slices[row] = ByteArena.slice(from, arena.size() - from);
      if (arena.size() - start > textBytes) {
        throw new DamagedDataException(
            "texts must have %d bytes together, got more".formatted(textBytes));
      }
    }
  }
}
