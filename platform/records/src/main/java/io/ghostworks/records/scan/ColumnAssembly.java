package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelSetTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryException;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.records.batch.AttributeCopier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Copies rows of several batches into the columns of one answer. Keeps no batch. */
final class ColumnAssembly<B> {

  private static final Set<Field> NUMBERS =
      Set.of(
          Field.TIME,
          Field.OBSERVED_TIME,
          Field.SEVERITY_NUMBER,
          Field.FLAGS,
          Field.DROPPED_ATTRIBUTES,
          Field.INSTRUMENTATION_DROPPED_ATTRIBUTES,
          Field.KIND,
          Field.DURATION,
          Field.STATUS_CODE,
          Field.END_TIME,
          Field.DROPPED_EVENTS,
          Field.DROPPED_LINKS);
  private static final Set<Field> TEXTS =
      Set.of(
          Field.SEVERITY_TEXT,
          Field.EVENT_NAME,
          Field.NAME,
          Field.STATUS_MESSAGE,
          Field.TRACE_STATE,
          Field.SERVICE_NAME,
          Field.INSTRUMENTATION_NAME,
          Field.INSTRUMENTATION_VERSION);
  static final Set<Field> IDS = Set.of(Field.TRACE_ID, Field.SPAN_ID, Field.PARENT_SPAN_ID);
  private static final Set<Field> WHOLE =
      Set.of(
          Field.ATTRIBUTES,
          Field.RESOURCE_ATTRIBUTES,
          Field.INSTRUMENTATION_ATTRIBUTES,
          Field.STREAM_LABELS);

  private final List<Builder<B>> builders;
  private int rows;
  private long bytes;

  ColumnAssembly(List<Field> projection) {
    builders = projection.stream().map(ColumnAssembly::<B>builder).toList();
  }

  /** Readers over a batch for the columns that are read so; others have one that gives nothing. */
  static <B> FieldReader[] readers(ReadableSchema<B> readable, List<Field> projection, B batch) {
    FieldReader[] readers = new FieldReader[projection.size()];
    for (int i = 0; i < readers.length; i++) {
      Field field = projection.get(i);
      readers[i] = WHOLE.contains(field) ? FieldReaders.NOTHING : readable.reader(field, batch);
    }
    return readers;
  }

  void add(B batch, int row, FieldReader[] readers) {
    for (int i = 0; i < readers.length; i++) {
      bytes += builders.get(i).add(batch, row, readers[i]);
    }
    rows++;
  }

  /** Bytes of the values that were added, about. */
  long bytes() {
    return bytes;
  }

  int rows() {
    return rows;
  }

  ColumnBatch batch() {
    return new ColumnBatch(rows, builders.stream().map(Builder::column).toList());
  }

  private static <B> Builder<B> builder(Field field) {
    if (NUMBERS.contains(field)) {
      return new NumberBuilder<>();
    }
    if (TEXTS.contains(field)) {
      return new TextBuilder<>();
    }
    if (IDS.contains(field)) {
      return new IdBuilder<>();
    }
    if (field.equals(Field.STREAM_LABELS)) {
      return new StreamBuilder<>();
    }
    if (field.hasSeveralValues()) {
      return new ListsBuilder<>();
    }
    return WHOLE.contains(field) ? new AttributesBuilder<>(field) : new ValueBuilder<>();
  }

  private interface Builder<B> {
    /** Adds a row's value and tells how many bytes it has, about. */
    int add(B batch, int row, FieldReader reader);

    ColumnBatch.Column column();
  }

  private static final class NumberBuilder<B> implements Builder<B> {
    private final LongColumn values = new LongColumn(64);

    @Override
    public int add(B batch, int row, FieldReader reader) {
      reader.read(row);
      values.add(reader.payload());
      return Long.BYTES;
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.LongColumn(Arrays.copyOf(values.array(), values.size()));
    }
  }

  private static final class TextBuilder<B> implements Builder<B> {
    private final ByteArena arena = new ByteArena(1024);
    private final LongColumn slices = new LongColumn(64);

    @Override
    public int add(B batch, int row, FieldReader reader) {
      boolean text = reader.read(row) == ValueColumn.STRING;
      slices.add(
          text
              ? arena.append(
                  reader.arena().array(),
                  ByteArena.offset(reader.payload()),
                  ByteArena.length(reader.payload()))
              : ByteArena.EMPTY);
      return Long.BYTES + ByteArena.length(slices.get(slices.size() - 1));
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.BytesColumn(arena, Arrays.copyOf(slices.array(), slices.size()));
    }
  }

  private static final class IdBuilder<B> implements Builder<B> {
    private final ByteArena arena = new ByteArena(1024);
    private final LongColumn slices = new LongColumn(64);

    @Override
    public int add(B batch, int row, FieldReader reader) {
      if (reader.read(row) == ValueColumn.NONE) {
        slices.add(ByteArena.EMPTY);
        return Long.BYTES;
      }
      long text = reader.payload();
      int length = ByteArena.length(text) / 2;
      int at = arena.reserve(length);
      byte[] hex = reader.arena().array();
      for (int i = 0; i < length; i++) {
        int digits = ByteArena.offset(text) + 2 * i;
        arena.array()[at + i] =
            (byte) (Character.digit(hex[digits], 16) << 4 | Character.digit(hex[digits + 1], 16));
      }
      slices.add(ByteArena.slice(at, length));
      return Long.BYTES + length;
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.BytesColumn(arena, Arrays.copyOf(slices.array(), slices.size()));
    }
  }

  private static final class ValueBuilder<B> implements Builder<B> {
    private final ByteArena arena = new ByteArena(1024);
    private final ValueColumn values = new ValueColumn(arena);

    @Override
    public int add(B batch, int row, FieldReader reader) {
      byte type = reader.read(row);
      long payload = type == ValueColumn.NONE ? 0 : reader.payload();
      values.add(
          type,
          ValueColumn.isSlice(type)
              ? arena.append(
                  reader.arena().array(), ByteArena.offset(payload), ByteArena.length(payload))
              : payload);
      return ValueColumn.isSlice(type) ? 16 + ByteArena.length(payload) : 16;
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.ValuesColumn(values);
    }
  }

  private static final class ListsBuilder<B> implements Builder<B> {
    private final ByteArena arena = new ByteArena(1024);
    private final ValueColumn values = new ValueColumn(arena);
    private final IntColumn starts = new IntColumn(64);

    @Override
    public int add(B batch, int row, FieldReader reader) {
      int before = arena.size();
      int first = values.size();
      starts.add(first);
      for (byte type = reader.read(row); type != ValueColumn.NONE; type = reader.next()) {
        long payload = reader.payload();
        values.add(
            type,
            ValueColumn.isSlice(type)
                ? arena.append(
                    reader.arena().array(), ByteArena.offset(payload), ByteArena.length(payload))
                : payload);
      }
      return Integer.BYTES + 16 * (values.size() - first) + arena.size() - before;
    }

    @Override
    public ColumnBatch.Column column() {
      int[] all = Arrays.copyOf(starts.array(), starts.size() + 1);
      all[starts.size()] = values.size();
      return new ColumnBatch.ListsColumn(values, all);
    }
  }

  private static final class StreamBuilder<B> implements Builder<B> {
    private final Map<Labels, Integer> numbers = new HashMap<>();
    private final List<Labels> table = new ArrayList<>();
    private final IntColumn rows = new IntColumn(64);
    private @Nullable LabelSetTable current;
    private int[] known = new int[0];
    private final IdentityHashMap<LabelSetTable, int[]> knownOf = new IdentityHashMap<>();

    private static int[] unknown(LabelSetTable streams) {
      int[] numbers = new int[streams.size()];
      Arrays.fill(numbers, -1);
      return numbers;
    }

    @Override
    public int add(B batch, int row, FieldReader reader) {
      if (!(batch instanceof LogBatch logs)) {
        throw new QueryException(QueryException.Kind.BAD_QUERY, "spans have no streams");
      }
      if (logs.streams() != current) {
        current = logs.streams();
        known = knownOf.computeIfAbsent(logs.streams(), StreamBuilder::unknown);
      }
      int stream = logs.stream(row);
      if (known[stream] < 0) {
        known[stream] =
            numbers.computeIfAbsent(
                logs.streams().labels(stream),
                labels -> {
                  table.add(labels);
                  return table.size() - 1;
                });
      }
      rows.add(known[stream]);
      return Integer.BYTES;
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.LabelsColumn(
          table.toArray(Labels[]::new), Arrays.copyOf(rows.array(), rows.size()));
    }
  }

  private static final class AttributesBuilder<B> implements Builder<B> {
    private final Field field;
    private final StringTable keys = new StringTable();
    private final ByteArena arena = new ByteArena(1024);
    private final AttributeColumns target = new AttributeColumns(keys, arena);
    private final AttributeCopier copier = new AttributeCopier(keys, arena);

    AttributesBuilder(Field field) {
      this.field = field;
    }

    @Override
    public int add(B batch, int row, FieldReader reader) {
      int before = arena.size();
      switch (batch) {
        case LogBatch logs -> {
          if (field.equals(Field.ATTRIBUTES)) {
            copier.copyRow(logs.attributes(), row, target);
          } else if (field.equals(Field.RESOURCE_ATTRIBUTES)) {
            copier.copyRow(logs.resources().attributes(), logs.resource(row), target);
          } else {
            copier.copyRow(logs.scopes().attributes(), logs.scope(row), target);
          }
        }
        case SpanBatch spans -> {
          if (field.equals(Field.ATTRIBUTES)) {
            copier.copyRow(spans.attributes(), row, target);
          } else if (field.equals(Field.RESOURCE_ATTRIBUTES)) {
            copier.copyRow(spans.resources().attributes(), spans.resource(row), target);
          } else {
            copier.copyRow(spans.scopes().attributes(), spans.scope(row), target);
          }
        }
        default -> throw new IllegalStateException("a batch is of log records or of spans");
      }
      target.endRow();
      return arena.size() - before;
    }

    @Override
    public ColumnBatch.Column column() {
      int[] rows = new int[target.rows()];
      Arrays.setAll(rows, row -> row);
      return new ColumnBatch.AttributesColumn(target, rows);
    }
  }
}
