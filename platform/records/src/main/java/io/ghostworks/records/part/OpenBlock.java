package io.ghostworks.records.part;

import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.records.column.Blob;
import io.ghostworks.records.column.ColumnBlock;
import io.ghostworks.records.column.ColumnKind;
import io.ghostworks.records.column.DoublesCodec;
import io.ghostworks.records.column.LongsCodec;
import io.ghostworks.records.column.TextsCodec;
import io.ghostworks.records.column.Vector;
import io.ghostworks.records.column.Zone;
import io.ghostworks.records.text.TextColumn;
import io.ghostworks.storage.bytes.BytesInput;
import io.ghostworks.storage.bytes.Crc32c;
import io.ghostworks.storage.bytes.DamagedDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A block of a part as columns; each is read when it is asked for. */
final class OpenBlock implements ColumnBlock {

  /** If not more than one row in so many is wanted, the others are not decoded. */
  private static final int FEW_ROWS = 32;

  private final Source source;
  private final int rows;
  private final StringTable keys = new StringTable();
  private final Map<Id, Entry> entries = new HashMap<>();
  private final Map<Id, byte[]> types = new HashMap<>();
  private final Set<ColumnKind> kinds = EnumSet.noneOf(ColumnKind.class);
  private final Crc32c crc = new Crc32c();
  private final Map<ColumnKind, Vector> vectors = new EnumMap<>(ColumnKind.class);
  private @Nullable TextColumn bodies;

  /** Where the bytes come from. */
  interface Source {
    /** Bytes of the block's columns. */
    byte[] read(long offset, int length) throws IOException;

    /** High and low half of the id with an ordinal, from 1. */
    long traceHalf(long ordinal, boolean high) throws DamagedDataException;

    /** The ordinals of those of some traces of which the part has rows. */
    BitSet traceOrdinals(Set<TraceKey> ids);

    /** Tells file and block of what is wrong. */
    UncheckedIOException failed(IOException cause);
  }

  private record Id(ColumnKind kind, int key, byte type) {}

  private record Entry(long offset, int lengthBytes, int crc, @Nullable Zone zone) {}

  /**
   * @param header as {@link BlockEncoder#header} made it
   * @param columnsBytes of all columns
   */
  OpenBlock(Source source, BytesInput header, int rowsExpected, long columnsBytes)
      throws DamagedDataException {
    this.source = source;
    this.rows = header.getVarint(RecordPartWriter.BLOCK_ROWS_MAX);
    if (rows != rowsExpected) {
      throw new DamagedDataException(
          "a block must have %d rows, got %d".formatted(rowsExpected, rows));
    }
    int keyCount = header.getVarint(header.remaining());
    for (int key = 0; key < keyCount; key++) {
      int length = header.getVarint(header.remaining());
      int from = header.arrayOffset();
      header.skip(length);
      if (keys.intern(header.array(), from, length) != key) {
        throw new DamagedDataException("a key stands twice before offset " + header.position());
      }
    }
    int columns = header.getVarint(header.remaining());
    long offset = 0;
    for (int i = 0; i < columns; i++) {
      offset = readEntry(header, offset);
    }
    if (offset != columnsBytes) {
      throw new DamagedDataException(
          "the columns of a block must have %d bytes, got %d".formatted(columnsBytes, offset));
    }
  }

  private long readEntry(BytesInput header, long offset) throws DamagedDataException {
    int code = header.getByte();
    ColumnKind kind = ColumnKind.of(code);
    if (kind == null) {
      throw new DamagedDataException(
          "a column must be of a known kind, got %d before offset %d"
              .formatted(code, header.position()));
    }
    int key = kind.isTyped() ? header.getVarint(Math.max(0, keys.size() - 1)) : 0;
    byte type = kind.isTyped() ? (byte) header.getByte() : ValueColumn.NONE;
    int length = header.getVarint(RecordPartWriter.RAW_BYTES_MAX);
    Entry entry = new Entry(offset, length, header.getInt(), Zone.get(header));
    entries.put(new Id(kind, key, type), entry);
    kinds.add(kind);
    if (kind.isTyped()) {
      types.merge(new Id(kind, key, ValueColumn.NONE), new byte[] {type}, OpenBlock::joined);
    }
    return offset + length;
  }

  private static byte[] joined(byte[] left, byte[] right) {
    byte[] all = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, all, left.length, right.length);
    return all;
  }

  @FunctionalInterface
  private interface Decoder<T> {
    T decode(BytesInput in) throws IOException;
  }

  private <T> @Nullable T decoded(ColumnKind kind, int key, byte type, Decoder<T> decoder) {
    Entry entry = entries.get(new Id(kind, key, type));
    if (entry == null) {
      return null;
    }
    try {
      byte[] bytes = source.read(entry.offset(), entry.lengthBytes());
      int sum = crc.of(bytes, 0, bytes.length);
      if (sum != entry.crc()) {
        throw new DamagedDataException(
            "the column %s at offset %d is damaged: its checksum must be %08x, got %08x"
                .formatted(kind, entry.offset(), entry.crc(), sum));
      }
      return decoder.decode(new BytesInput(bytes));
    } catch (IOException e) {
      throw source.failed(e);
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
      throw source.failed(new DamagedDataException("column %s: %s".formatted(kind, e)));
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public StringTable keys() {
    return keys;
  }

  @Override
  public @Nullable BytesInput bytes(ColumnKind kind) {
    return decoded(kind, 0, ValueColumn.NONE, kind == ColumnKind.TOKENS ? in -> in : Blob::get);
  }

  /** Offset among the columns (high half) and length of a column that the block has. */
  long place(ColumnKind kind) {
    Entry entry = Objects.requireNonNull(entries.get(new Id(kind, 0, ValueColumn.NONE)));
    return entry.offset() << Integer.SIZE | entry.lengthBytes();
  }

  @Override
  public boolean has(ColumnKind kind) {
    return kinds.contains(kind);
  }

  @Override
  public Vector longs(ColumnKind kind, int count) {
    return vector(kind, count, in -> LongsCodec.get(in, count));
  }

  @Override
  public Vector longs(ColumnKind kind, int[] wanted) {
    return isRead(kind, wanted)
        ? longs(kind, rows)
        : some(kind, in -> LongsCodec.get(in, rows, wanted));
  }

  @Override
  public Vector texts(ColumnKind kind, int[] wanted) {
    return isRead(kind, wanted)
        ? texts(kind, rows)
        : some(kind, in -> TextsCodec.get(in, rows, wanted));
  }

  /** Whether a column is there already, or is read whole for so many rows. */
  private boolean isRead(ColumnKind kind, int[] wanted) {
    return vectors.containsKey(kind) || wanted.length > rows / FEW_ROWS;
  }

  private Vector some(ColumnKind kind, Decoder<Vector> decoder) {
    Vector some = decoded(kind, 0, ValueColumn.NONE, decoder);
    return some == null ? Vector.constant(0, rows) : some;
  }

  @Override
  public Vector texts(ColumnKind kind, int count) {
    return vector(kind, count, in -> TextsCodec.get(in, count));
  }

  private Vector vector(ColumnKind kind, int count, Decoder<Vector> decoder) {
    Vector known = vectors.get(kind);
    if (known == null) {
      Vector read = decoded(kind, 0, ValueColumn.NONE, decoder);
      known = read == null ? Vector.constant(0, count) : read;
      vectors.put(kind, known);
    }
    return known;
  }

  @Override
  public long traceHigh(long ordinal) {
    return traceHalf(ordinal, true);
  }

  @Override
  public long traceLow(long ordinal) {
    return traceHalf(ordinal, false);
  }

  @Override
  public BitSet traceOrdinals(Set<TraceKey> ids) {
    return source.traceOrdinals(ids);
  }

  private long traceHalf(long ordinal, boolean high) {
    try {
      return source.traceHalf(ordinal, high);
    } catch (DamagedDataException e) {
      throw source.failed(e);
    }
  }

  @Override
  public byte[] types(ColumnKind kind, int key) {
    return types.getOrDefault(new Id(kind, key, ValueColumn.NONE), new byte[0]);
  }

  @Override
  public Vector values(ColumnKind kind, int key, byte type, int count) {
    return present(
        kind,
        key,
        type,
        in -> {
          if (type == ValueColumn.DOUBLE) {
            return DoublesCodec.get(in, count);
          }
          return ValueColumn.isSlice(type) ? TextsCodec.get(in, count) : LongsCodec.get(in, count);
        });
  }

  @Override
  public Vector values(ColumnKind kind, int key, byte type, int count, int[] wanted) {
    if (type == ValueColumn.DOUBLE || wanted.length > count / FEW_ROWS) {
      return values(kind, key, type, count);
    }
    return present(
        kind,
        key,
        type,
        in ->
            ValueColumn.isSlice(type)
                ? TextsCodec.get(in, count, wanted)
                : LongsCodec.get(in, count, wanted));
  }

  @Override
  public int[] equalTexts(ColumnKind kind, int key, int count, byte[] text) {
    return present(kind, key, ValueColumn.STRING, in -> TextsCodec.equal(in, count, text));
  }

  private <T> T present(ColumnKind kind, int key, byte type, Decoder<T> decoder) {
    T decoded = decoded(kind, key, type, decoder);
    if (decoded == null) {
      throw source.failed(
          new DamagedDataException(
              "a block must have the column %s of key %d and type %d".formatted(kind, key, type)));
    }
    return decoded;
  }

  @Override
  public @Nullable TextColumn bodies() {
    if (bodies == null) {
      bodies =
          decoded(
              ColumnKind.BODY,
              0,
              ValueColumn.STRING,
              in -> TextColumn.open(in, rows, Blob.BYTES_MAX));
    }
    return bodies;
  }

  @Override
  public @Nullable Zone zone(ColumnKind kind, int key, byte type) {
    Entry entry = entries.get(new Id(kind, key, type));
    return entry == null ? null : entry.zone();
  }
}
