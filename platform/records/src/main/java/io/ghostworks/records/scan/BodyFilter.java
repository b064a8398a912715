package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.Needle;
import io.ghostworks.records.text.NeedleTerms;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.nio.charset.StandardCharsets;

/**
 * Finds the log records of a block whose body fulfils a filter, in the column of texts; bodies that
 * are no texts are asked row by row. Used by one thread.
 *
 * @param <B> the batch
 */
final class BodyFilter<B> {

  private final ColumnFilter<B> rows;
  private final ColumnBlock block;

  BodyFilter(ColumnFilter<B> rows, ColumnBlock block) {
    this.rows = rows;
    this.block = block;
  }

  /** Those of some rows whose body fulfils a test. */
  RowSet matches(Filter filter, ValueTest test, RowSet among) throws DamagedDataException {
    boolean noSuchToken = false;
    if (filter instanceof Filter.Contains contains) {
      Needle needle = ValueTest.needle(contains);
      NeedleTerms terms = NeedleTerms.of(needle);
      if (!mayBeIn(terms)) {
        return RowSet.none(block.rows());
      }
      noSuchToken =
          NeedleTerms.isId(needle) && !mayBeIn(NeedleTerms.ofWholeText(needle.toByteArray()));
    }
    boolean noToken = noSuchToken;
    return bodies(
        among,
        (column, asked) -> text(column, filter, test, noToken, asked),
        others -> rows.byRow(filter, others));
  }

  /** Those of some rows whose body may have a label of JSON that fulfils a comparison. */
  RowSet mayMatch(Filter.JsonLabel label, RowSet among) throws DamagedDataException {
    return bodies(among, (column, asked) -> jsonLabel(column, label, asked), others -> others);
  }

  /** Finds rows of a set. */
  @FunctionalInterface
  private interface Finder {
    RowSet in(RowSet among) throws DamagedDataException;
  }

  /** Finds texts of a column. */
  @FunctionalInterface
  private interface TextFinder {
    RowSet in(TextColumn column, RowSet among) throws DamagedDataException;
  }

  /** Finds rows by their bodies: those that are texts in their column, the others one by one. */
  private RowSet bodies(RowSet among, TextFinder texts, Finder rest) throws DamagedDataException {
    Vector types = block.longs(ColumnKind.BODY_TYPE);
    TextColumn column = block.bodies();
    RowSet found;
    if (types.isConstant() && types.get(0) == ValueColumn.STRING && column != null) {
      return among.isEmpty() ? among.copy() : texts.in(column, among);
    }
    int[] rowOf = new int[block.rows()];
    int count = 0;
    RowSet others = RowSet.none(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      if (types.get(row) == ValueColumn.STRING) {
        rowOf[count++] = row;
      } else if (among.contains(row)) {
        others.add(row);
      }
    }
    found = others.isEmpty() ? others : rest.in(others);
    if (count > 0 && column != null) {
      RowSet asked = RowSet.none(count);
      for (int i = 0; i < count; i++) {
        if (among.contains(rowOf[i])) {
          asked.add(i);
        }
      }
      RowSet hits = asked.isEmpty() ? asked : texts.in(column, asked);
      for (int i = hits.next(0); i >= 0; i = hits.next(i + 1)) {
        found.add(rowOf[i]);
      }
    }
    return found;
  }

  /** False if the filter of the block's tokens says that no body has the terms. */
  private boolean mayBeIn(NeedleTerms terms) {
    BytesInput tokens = terms.hasIds() ? block.bytes(ColumnKind.TOKENS) : null;
    return tokens == null
        || terms.mayBeIn(tokens.array(), tokens.arrayOffset(), tokens.remaining());
  }

  private static RowSet text(
      TextColumn column, Filter filter, ValueTest test, boolean noSuchToken, RowSet among)
      throws DamagedDataException {
    if (filter instanceof Filter.Exists) {
      return among.copy();
    }
    if (filter instanceof Filter.Contains contains) {
      return column.matches(ValueTest.needle(contains), noSuchToken, among);
    }
    OneText text = new OneText(test);
    return column.matches(text::test, among);
  }

  private static RowSet jsonLabel(TextColumn column, Filter.JsonLabel label, RowSet among)
      throws DamagedDataException {
    if (label.literal() instanceof Filter.Literal.Text(String value)) {
      byte[] wanted = value.getBytes(StandardCharsets.UTF_8);
      return column.mayEqualJsonField(label.label(), wanted, among);
    }
    ValueTest compares =
        ValueTest.of(new Filter.Compare(Field.BODY, label.operator(), label.literal()));
    ByteArena none = new ByteArena(0);
    return column.mayPassJsonField(
        label.label(),
        (bytes, offset, length) -> {
          double number = PlainNumber.of(bytes, offset, length);
          return Double.isNaN(number)
              || compares.test(ValueColumn.DOUBLE, Double.doubleToRawLongBits(number), none);
        },
        true,
        among);
  }

  /** Shows a test one text after the other as slices of an arena. */
  private static final class OneText {
    private final ValueTest test;
    private final ByteArena arena = new ByteArena(1024);

    OneText(ValueTest test) {
      this.test = test;
    }

    boolean test(byte[] bytes, int offset, int length) {
      arena.truncate(0);
      return test.test(ValueColumn.STRING, arena.append(bytes, offset, length), arena);
    }
  }
}
