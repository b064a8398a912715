package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordBlock;
import io.ghostworks.records.batch.ColumnSet;
import io.ghostworks.records.column.AttributeBlock;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.text.RowSet;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some rows of a block of a part, as columns: numbers as they are decoded, texts, resources and
 * attributes by the number of their value; what has no such form is built row by row.
 *
 * @param <B> the batch
 */
final class BlockColumns<B> implements RecordBlock {

  private static final Map<Field, ColumnKind> NUMBERS =
      Map.of(
          Field.TIME, ColumnKind.TIME,
          Field.KIND, ColumnKind.SPAN_KIND,
          Field.DURATION, ColumnKind.DURATION,
          Field.STATUS_CODE, ColumnKind.STATUS_CODE);
  private static final Map<Field, ColumnKind> TEXTS =
      Map.of(
          Field.NAME, ColumnKind.NAME,
          Field.STATUS_MESSAGE, ColumnKind.STATUS_MESSAGE,
          Field.TRACE_STATE, ColumnKind.TRACE_STATE);

  private final ReadableSchema<B> readable;
  private final RowSource<B> source;
  private final ColumnBlock block;
  private final RowSet found;
  private final boolean whole;
  private final int rows;
  private final List<Field> fields;
  private final List<Field> details;
  private final QueryContext context;
  private int @Nullable [] numbers;
  private @Nullable AttributeBlock attributes;

  BlockColumns(
      ReadableSchema<B> readable,
      RowSource<B> source,
      ColumnBlock block,
      RowSet found,
      List<Field> fields,
      List<Field> details,
      QueryContext context) {
    this.readable = readable;
    this.source = source;
    this.block = block;
    this.found = found;
    this.rows = found.count();
    this.whole = rows == block.rows();
    this.fields = fields;
    this.details = details;
    this.context = context;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public Column column(int index) {
    Field field = fields.get(index);
    try {
      return column(field);
    } catch (DamagedDataException e) {
      throw source.damaged(e);
    }
  }

  private Column column(Field field) throws DamagedDataException {
    if (NUMBERS.containsKey(field)) {
      return new Numbers(picked(block.longs(NUMBERS.get(field))));
    }
    if (TEXTS.containsKey(field)) {
      return texts(block.texts(TEXTS.get(field)));
    }
    if (field.equals(Field.SERVICE_NAME) || field.scope() == Field.Scope.RESOURCE) {
      return byTable(field, ColumnKind.RESOURCE);
    }
    if (field.scope() == Field.Scope.INSTRUMENTATION
        || field.equals(Field.INSTRUMENTATION_NAME)
        || field.equals(Field.INSTRUMENTATION_VERSION)) {
      return byTable(field, ColumnKind.SCOPE);
    }
    if (field.scope() == Field.Scope.ATTRIBUTE) {
      Values own = attribute(field.name());
      return own == null ? byRow(field) : own;
    }
    if (field.scope() == Field.Scope.ATTRIBUTE_OR_RESOURCE) {
      Values own = attribute(field.name());
      return own == null
          ? byRow(field)
          : orElse(
              own, byTable(new Field(Field.Scope.RESOURCE, field.name()), ColumnKind.RESOURCE));
    }
    return byRow(field);
  }

  private int[] numbers() {
    int[] known = numbers;
    if (known == null) {
      known = found.toArray();
      numbers = known;
    }
    return known;
  }

  private long[] picked(Vector vector) {
    if (whole) {
      return vector.toArray();
    }
    int[] picks = numbers();
    long[] values = new long[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = vector.get(picks[i]);
    }
    return values;
  }

  private Values texts(Vector vector) {
    ValueColumn values = new ValueColumn(vector.arena());
    for (int number = 0; number < vector.valueCount(); number++) {
      values.add(ValueColumn.STRING, vector.value(number));
    }
    return new Values(values, codes(vector));
  }

  private int[] codes(Vector vector) {
    int[] codes = new int[rows];
    int[] picks = whole ? null : numbers();
    for (int i = 0; i < rows; i++) {
      codes[i] = vector.code(picks == null ? i : picks[i]);
    }
    return codes;
  }

  /** What is the same for all rows of one resource or scope. */
  private Values byTable(Field field, ColumnKind kind) {
    Vector tableRows = block.longs(kind);
    Map<Long, Integer> places = new HashMap<>();
    int[] codes = new int[rows];
    int[] firsts = new int[16];
    int[] picks = whole ? null : numbers();
    long last = -1;
    int place = -1;
    for (int i = 0; i < rows; i++) {
      int row = picks == null ? i : picks[i];
      long number = tableRows.get(row);
      if (number != last) {
        last = number;
        Integer known = places.get(number);
        if (known == null) {
          place = places.size();
          places.put(number, place);
          firsts = place == firsts.length ? Arrays.copyOf(firsts, 2 * place) : firsts;
          firsts[place] = row;
        } else {
          place = known;
        }
      }
      codes[i] = place;
    }
    ColumnSet columns = new ColumnSet(EnumSet.of(kind), Set.of(), false);
    return new Values(values(field, Arrays.copyOf(firsts, places.size()), columns), codes);
  }

  /** The values of a key; null where rows have it more than once. */
  private @Nullable Values attribute(String key) throws DamagedDataException {
    ValueColumn values = new ValueColumn(new ByteArena(256));
    int[] codes = new int[block.rows()];
    Arrays.fill(codes, -1);
    int number = block.keys().find(key);
    if (number < 0) {
      return new Values(values, whole ? codes : Arrays.copyOf(codes, rows));
    }
    AttributeBlock own = attributes;
    if (own == null) {
      own = AttributeBlock.of(block);
      attributes = own;
    }
    if (own.repeats(number)) {
      return null;
    }
    for (int column : own.columnsOf(number)) {
      add(own.type(column), own.values(column), own.rowsOf(column), values, codes);
    }
    return new Values(values, whole ? codes : gathered(codes));
  }

  private static void add(byte type, Vector vector, int[] rowsOf, ValueColumn values, int[] codes) {
    int base = values.size();
    boolean slices = ValueColumn.isSlice(type);
    ByteArena arena = values.arena();
    for (int i = 0; i < vector.valueCount(); i++) {
      long payload = vector.value(i);
      values.add(
          type,
          slices
              ? arena.append(
                  vector.arena().array(), ByteArena.offset(payload), ByteArena.length(payload))
              : payload);
    }
    for (int entry = 0; entry < rowsOf.length; entry++) {
      codes[rowsOf[entry]] = base + vector.code(entry);
    }
  }

  private int[] gathered(int[] all) {
    int[] picks = numbers();
    int[] some = new int[rows];
    for (int i = 0; i < rows; i++) {
      some[i] = all[picks[i]];
    }
    return some;
  }

  private static Values orElse(Values own, Values others) {
    int[] codes = own.codes();
    int[] otherCodes = others.codes();
    if (codes == null || otherCodes == null) {
      throw new IllegalStateException("values by their numbers");
    }
    ValueColumn values = own.values();
    int base = values.size();
    ValueColumn more = others.values();
    for (int i = 0; i < more.size(); i++) {
      long payload = more.payload(i);
      values.add(
          more.type(i),
          ValueColumn.isSlice(more.type(i))
              ? values
                  .arena()
                  .append(
                      more.arena().array(), ByteArena.offset(payload), ByteArena.length(payload))
              : payload);
    }
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] < 0 || values.type(codes[i]) == ValueColumn.NONE) {
        codes[i] = base + otherCodes[i];
      }
    }
    return new Values(values, codes);
  }

  private Values byRow(Field field) {
    return new Values(values(field, numbers(), null), null);
  }

  /** One value of each of some rows, or the first one of several. */
  private ValueColumn values(Field field, int[] some, @Nullable ColumnSet columns) {
    ColumnSet needed = columns == null ? NeededColumns.ofValues(field, Filter.ALL) : columns;
    B batch = source.load(block, some, needed);
    FieldReader reader = readable.reader(field, batch);
    ValueColumn values = new ValueColumn(new ByteArena(256));
    boolean isId = ColumnAssembly.IDS.contains(field);
    for (int row = 0; row < some.length; row++) {
      byte type = reader.read(row);
      long payload = type == ValueColumn.NONE ? 0 : reader.payload();
      if (isId && type == ValueColumn.STRING) {
        values.add(ValueColumn.STRING, bytes(reader.arena(), payload, values.arena()));
      } else if (ValueColumn.isSlice(type)) {
        values.add(
            type,
            values
                .arena()
                .append(
                    reader.arena().array(), ByteArena.offset(payload), ByteArena.length(payload)));
      } else {
        values.add(type, payload);
      }
    }
    return values;
  }

  /** An id of hexadecimal digits as bytes. */
  private static long bytes(ByteArena hex, long slice, ByteArena target) {
    int length = ByteArena.length(slice) / 2;
    int at = target.reserve(length);
    for (int i = 0; i < length; i++) {
      int digits = ByteArena.offset(slice) + 2 * i;
      target.array()[at + i] =
          (byte)
              (Character.digit(hex.array()[digits], 16) << 4
                  | Character.digit(hex.array()[digits + 1], 16));
    }
    return ByteArena.slice(at, length);
  }

  @Override
  public RecordBlock details(int[] some) {
    context.check();
    RowSet picked = RowSet.none(block.rows());
    for (int row : some) {
      picked.add(whole ? row : numbers()[row]);
    }
    return new BlockColumns<>(readable, source, block, picked, details, List.of(), context);
  }
}
