package io.ghostworks.records.batch;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.ColumnSink;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.DamagedDataException;
import org.jspecify.annotations.Nullable;

/** Bodies as columns: the type of each row's, and the values of each type that occurs. */
final class BodyColumns {

  private static final int TYPES = 8;

  private BodyColumns() {}

  static void put(ValueColumn bodies, int rows, ColumnSink sink) {
    long[] types = new long[rows];
    LongColumn[] payloads = new LongColumn[TYPES];
    for (int row = 0; row < rows; row++) {
      byte type = bodies.type(row);
      types[row] = type;
      if (payloads[type] == null) {
        payloads[type] = new LongColumn(rows);
      }
      payloads[type].add(bodies.payload(row));
    }
    sink.longs(ColumnKind.BODY_TYPE, types, rows);
    for (byte type = 1; type < TYPES; type++) {
      LongColumn own = payloads[type];
      if (own != null) {
        sink.values(ColumnKind.BODY, 0, type, bodies.arena(), own.array(), own.size());
      }
    }
  }

  /** Adds the bodies of rows, ascending, to a batch. */
  static void copy(ColumnBlock block, int[] rows, ValueColumn target) throws DamagedDataException {
    Vector types = block.longs(ColumnKind.BODY_TYPE);
    int[] counts = new int[TYPES];
    int[][] indexes = new int[TYPES][];
    int[] sizes = new int[TYPES];
    int at = 0;
    for (int row = 0; row < block.rows(); row++) {
      int type = type(types.get(row));
      if (at < rows.length && rows[at] == row) {
        if (indexes[type] == null) {
          indexes[type] = new int[rows.length];
        }
        indexes[type][sizes[type]++] = counts[type];
        at++;
      }
      counts[type]++;
    }
    @Nullable Values[] values = new @Nullable Values[TYPES];
    for (int type = 1; type < TYPES; type++) {
      if (sizes[type] > 0) {
        values[type] =
            type == ValueColumn.STRING
                ? Values.ofTexts(block, indexes[type], sizes[type], counts[type], target)
                : Values.of(block, (byte) type, indexes[type], sizes[type], counts[type], target);
      }
    }
    for (int row : rows) {
      Values own = values[type(types.get(row))];
      if (own == null) {
        target.addNone();
      } else {
        own.addNext((byte) types.get(row));
      }
    }
  }

  private static int type(long type) throws DamagedDataException {
    if (type < 0 || type >= TYPES) {
      throw new DamagedDataException("a body's type must be from 0 to 7, got " + type);
    }
    return (int) type;
  }

  /** Bodies of one type at the places that are wanted, one after the other. */
  private static final class Values {
    private final long[] payloads;
    private final ValueColumn target;
    private int next;

    private Values(long[] payloads, ValueColumn target) {
      this.payloads = payloads;
      this.target = target;
    }

    static Values ofTexts(ColumnBlock block, int[] indexes, int size, int count, ValueColumn target)
        throws DamagedDataException {
      TextColumn texts = block.bodies();
      if (texts == null || texts.rows() != count) {
        throw new DamagedDataException(
            "a block must have %d texts, got %s"
                .formatted(count, texts == null ? "none" : texts.rows()));
      }
      RowSet wanted = RowSet.none(count);
      for (int i = 0; i < size; i++) {
        wanted.add(indexes[i]);
      }
      long[] slices = new long[count];
      texts.texts(wanted, target.arena(), slices);
      long[] payloads = new long[size];
      for (int i = 0; i < size; i++) {
        payloads[i] = slices[indexes[i]];
      }
      return new Values(payloads, target);
    }

    static Values of(
        ColumnBlock block, byte type, int[] indexes, int size, int count, ValueColumn target) {
      Vector values = block.values(ColumnKind.BODY, 0, type, count);
      long[] payloads = new long[size];
      for (int i = 0; i < size; i++) {
        long payload = values.get(indexes[i]);
        payloads[i] =
            ValueColumn.isSlice(type)
                ? target
                    .arena()
                    .append(
                        values.arena().array(),
                        ByteArena.offset(payload),
                        ByteArena.length(payload))
                : payload;
      }
      return new Values(payloads, target);
    }

    void addNext(byte type) {
      target.add(type, payloads[next++]);
    }
  }
}
