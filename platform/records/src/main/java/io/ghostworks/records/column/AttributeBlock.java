package io.ghostworks.records.column;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of the rows of a block, or of their events or links, which are the rows then, as
 * {@link AttributeShapes} wrote them. A <em>column</em> here is one key and type, by its number.
 * Used by one thread.
 */
public final class AttributeBlock {

  private static final int TYPES = 8;

  private final ColumnBlock block;
  private final AttributeKinds kinds;
  private final int rows;
  private final int[][] shapes;
  private final Vector shapeOfRow;
  private final List<Column> columns = new ArrayList<>();
  private boolean unpacked;

  private AttributeBlock(
      ColumnBlock block, AttributeKinds kinds, int rows, int[][] shapes, Vector shapeOfRow) {
    this.block = block;
    this.kinds = kinds;
    this.rows = rows;
    this.shapes = shapes;
    this.shapeOfRow = shapeOfRow;
  }

  private static final class Column {
    private final int key;
    private final byte type;
    private final boolean own;
    private int count;
    private @Nullable Vector values;

    Column(int key, byte type, boolean own) {
      this.key = key;
      this.type = type;
      this.own = own;
    }
  }

  /**
   * @throws DamagedDataException if the block's attributes are no such ones
   */
  public static AttributeBlock of(ColumnBlock block) throws DamagedDataException {
    return of(block, AttributeKinds.OF_ROWS, block.rows());
  }

  /**
   * @param rows how many have attributes: rows, events or links of the block
   * @throws DamagedDataException if these attributes of the block are no such ones
   */
  public static AttributeBlock of(ColumnBlock block, AttributeKinds kinds, int rows)
      throws DamagedDataException {
    BytesInput in = block.bytes(kinds.shapes());
    if (in == null) {
      return new AttributeBlock(block, kinds, rows, new int[1][0], Vector.constant(0, rows));
    }
    int[][] shapes = new int[in.getVarint(rows)][];
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Column> columns = new ArrayList<>();
    for (int shape = 0; shape < shapes.length; shape++) {
      int[] own = new int[in.getVarint(in.remaining() / 2)];
      for (int i = 0; i < own.length; i++) {
        int key = in.getVarint(block.keys().size() - 1);
        int type = in.getByte();
        if (type < 0 || type >= TYPES) {
          throw new DamagedDataException(
              "a value's type must be from 0 to 7, got %d before offset %d"
                  .formatted(type, in.position()));
        }
        own[i] =
            numbers.computeIfAbsent(
                key * TYPES + type,
                id -> {
                  columns.add(
                      new Column(
                          key, (byte) type, has(block, kinds.attribute(), key, (byte) type)));
                  return columns.size() - 1;
                });
      }
      shapes[shape] = own;
    }
    Vector shapeOfRow = block.longs(kinds.shape(), rows);
    AttributeBlock attributes = new AttributeBlock(block, kinds, rows, shapes, shapeOfRow);
    attributes.columns.addAll(columns);
    attributes.count();
    return attributes;
  }

  private static boolean has(ColumnBlock block, ColumnKind kind, int key, byte type) {
    for (byte each : block.types(kind, key)) {
      if (each == type) {
        return true;
      }
    }
    return false;
  }

  /** How many values each column has; checks the numbers of shapes by the way. */
  private void count() throws DamagedDataException {
    int[] rowsOf = new int[shapes.length];
    for (int row = 0; row < rows; row++) {
      long shape = shapeOfRow.get(row);
      if (shape < 0 || shape >= shapes.length) {
        throw new DamagedDataException(
            "a list of keys must have a number below %d, got %d".formatted(shapes.length, shape));
      }
      rowsOf[(int) shape]++;
    }
    for (int shape = 0; shape < shapes.length; shape++) {
      for (int column : shapes[shape]) {
        columns.get(column).count += rowsOf[shape];
      }
    }
  }

  /** The columns of a key by its number. */
  public int[] columnsOf(int key) {
    int[] found = new int[TYPES];
    int size = 0;
    for (int column = 0; column < columns.size(); column++) {
      if (columns.get(column).key == key && columns.get(column).count > 0) {
        found[size++] = column;
      }
    }
    return Arrays.copyOf(found, size);
  }

  /** Whether a row may have a key more than once. */
  public boolean repeats(int key) {
    for (int[] shape : shapes) {
      int times = 0;
      for (int column : shape) {
        times += columns.get(column).key == key ? 1 : 0;
      }
      if (times > 1) {
        return true;
      }
    }
    return false;
  }

  public byte type(int column) {
    return columns.get(column).type;
  }

  /** Bounds of a column's values; null if they are not known. */
  public @Nullable Zone zone(int column) {
    return block.zone(kinds.attribute(), columns.get(column).key, columns.get(column).type);
  }

  /** The columns of a row, in the order in which its attributes came. */
  public int[] columnsOfRow(int row) {
    return shapes[(int) shapeOfRow.get(row)];
  }

  /**
   * The values of a column, in the order of their rows.
   *
   * @throws DamagedDataException if they are no such values
   */
  public Vector values(int column) throws DamagedDataException {
    Column own = columns.get(column);
    Vector values = own.values;
    if (values == null) {
      if (own.own) {
        values = block.values(kinds.attribute(), own.key, own.type, own.count);
        own.values = values;
      } else {
        unpack();
        values = own.values;
      }
    }
    return values == null ? Vector.constant(0, own.count) : values;
  }

  /**
   * The row of each value of a column, ascending; a row stands twice where it has the key twice.
   */
  public int[] rowsOf(int column) {
    int[] times = new int[shapes.length];
    for (int shape = 0; shape < shapes.length; shape++) {
      for (int each : shapes[shape]) {
        times[shape] += each == column ? 1 : 0;
      }
    }
    int[] found = new int[columns.get(column).count];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      for (int i = times[(int) shapeOfRow.get(row)]; i > 0; i--) {
        found[at++] = row;
      }
    }
    return found;
  }

  /**
   * The values of a column as {@link #values} gives them, right for some entries only; the others
   * may be 0.
   *
   * @param wanted entries, ascending
   * @throws DamagedDataException if they are no such values
   */
  Vector values(int column, int[] wanted) throws DamagedDataException {
    Column own = columns.get(column);
    return own.own && own.values == null
        ? block.values(kinds.attribute(), own.key, own.type, own.count, wanted)
        : values(column);
  }

  /**
   * The entries of a column of texts that are one text, ascending.
   *
   * @throws DamagedDataException if its values are no such ones
   */
  public int[] equalTexts(int column, byte[] text) throws DamagedDataException {
    Column own = columns.get(column);
    if (own.own && own.values == null) {
      return block.equalTexts(kinds.attribute(), own.key, own.count, text);
    }
    Vector values = values(column);
    IntColumn found = new IntColumn(4);
    for (int entry = 0; entry < own.count; entry++) {
      long slice = values.get(entry);
      int from = ByteArena.offset(slice);
      int to = from + ByteArena.length(slice);
      if (Arrays.equals(values.arena().array(), from, to, text, 0, text.length)) {
        found.add(entry);
      }
    }
    return Arrays.copyOf(found.array(), found.size());
  }

  int rows() {
    return rows;
  }

  int shapes() {
    return shapes.length;
  }

  /** The number of a row's shape. */
  int shape(int row) {
    return (int) shapeOfRow.get(row);
  }

  /** The columns of a shape, in the order in which the attributes came. */
  int[] columnsOfShape(int shape) {
    return shapes[shape];
  }

  int columns() {
    return columns.size();
  }

  /** The number of a column's key. */
  int key(int column) {
    return columns.get(column).key;
  }

  String keyText(int column) {
    return block.keys().text(columns.get(column).key);
  }

  private void unpack() throws DamagedDataException {
    BytesInput in = block.bytes(kinds.packed());
    if (unpacked || in == null) {
      throw new DamagedDataException("values that have no own column must be packed");
    }
    unpacked = true;
    ByteArena arena = new ByteArena(in.remaining());
    LongColumn[] payloads = new LongColumn[columns.size()];
    Arrays.setAll(payloads, i -> new LongColumn(4));
    for (int row = 0; row < rows; row++) {
      for (int column : columnsOfRow(row)) {
        Column own = columns.get(column);
        if (!own.own) {
          payloads[column].add(payload(in, own.type, arena));
        }
      }
    }
    for (int column = 0; column < payloads.length; column++) {
      if (!columns.get(column).own) {
        columns.get(column).values =
            Vector.plain(Arrays.copyOf(payloads[column].array(), payloads[column].size()), arena);
      }
    }
  }

  private static long payload(BytesInput in, byte type, ByteArena arena)
      throws DamagedDataException {
    return switch (type) {
      case ValueColumn.NONE -> 0;
      case ValueColumn.INT -> in.getZigzag();
      case ValueColumn.BOOL -> in.getByte();
      case ValueColumn.DOUBLE -> in.getLong();
      default -> {
        int length = in.getVarint(in.remaining());
        int from = in.arrayOffset();
        in.skip(length);
        yield arena.append(in.array(), from, length);
      }
    };
  }
}
