package io.ghostworks.records.scan;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.IntColumn;
import io.ghostworks.model.column.LongColumn;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
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

/** Copies rows of several batches into the columns of one answer. */
final class ColumnAssembly<B> {

  private static final Set<Field> NUMBERS =
      Set.of(
          Field.TIME,
          Field.OBSERVED_TIME,
          Field.SEVERITY_NUMBER,
          Field.KIND,
          Field.DURATION,
          Field.STATUS_CODE);
  private static final Set<Field> TEXTS =
      Set.of(
          Field.SEVERITY_TEXT,
          Field.EVENT_NAME,
          Field.NAME,
          Field.STATUS_MESSAGE,
          Field.SERVICE_NAME,
          Field.INSTRUMENTATION_NAME);
  private static final Set<Field> IDS = Set.of(Field.TRACE_ID, Field.SPAN_ID, Field.PARENT_SPAN_ID);
  private static final Set<Field> ATTRIBUTES =
      Set.of(Field.ATTRIBUTES, Field.RESOURCE_ATTRIBUTES, Field.INSTRUMENTATION_ATTRIBUTES);

  private final List<Builder<B>> builders;
  private int rows;

  ColumnAssembly(ReadableSchema<B> readable, List<Field> projection) {
    builders = projection.stream().map(field -> builder(readable, field)).toList();
  }

  void add(B batch, int row) {
    for (Builder<B> builder : builders) {
      builder.add(batch, row);
    }
    rows++;
  }

  int rows() {
    return rows;
  }

  ColumnBatch batch() {
    return new ColumnBatch(rows, builders.stream().map(Builder::column).toList());
  }

  private Builder<B> builder(ReadableSchema<B> readable, Field field) {
    if (NUMBERS.contains(field)) {
      return new NumberBuilder<>(readable, field);
    }
    if (TEXTS.contains(field)) {
      return new TextBuilder<>(readable, field);
    }
    if (IDS.contains(field)) {
      return new IdBuilder<>(field);
    }
    if (ATTRIBUTES.contains(field)) {
      return new AttributesBuilder<>(field);
    }
    if (field.equals(Field.STREAM_LABELS)) {
      return new StreamBuilder<>();
    }
    return new ValueBuilder<>(readable, field);
  }

  private interface Builder<B> {
    void add(B batch, int row);

    ColumnBatch.Column column();
  }

  /** Keeps the reader of the batch that rows come from. */
  private static final class Reading<B> {
    private final ReadableSchema<B> readable;
    private final Field field;
    private final IdentityHashMap<B, FieldReader> readers = new IdentityHashMap<>();

    Reading(ReadableSchema<B> readable, Field field) {
      this.readable = readable;
      this.field = field;
    }

    FieldReader of(B batch) {
      return readers.computeIfAbsent(batch, b -> readable.reader(field, b));
    }
  }

  private static final class NumberBuilder<B> implements Builder<B> {
    private final Reading<B> reading;
    private final LongColumn values = new LongColumn(64);

    NumberBuilder(ReadableSchema<B> readable, Field field) {
      reading = new Reading<>(readable, field);
    }

    @Override
    public void add(B batch, int row) {
      FieldReader reader = reading.of(batch);
      reader.read(row);
      values.add(reader.payload());
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.LongColumn(Arrays.copyOf(values.array(), values.size()));
    }
  }

  private static final class TextBuilder<B> implements Builder<B> {
    private final Reading<B> reading;
    private final ByteArena arena = new ByteArena(1024);
    private final LongColumn slices = new LongColumn(64);

    TextBuilder(ReadableSchema<B> readable, Field field) {
      reading = new Reading<>(readable, field);
    }

    @Override
    public void add(B batch, int row) {
      FieldReader reader = reading.of(batch);
      boolean text = reader.read(row) == ValueColumn.STRING;
      slices.add(
          text
              ? arena.append(
                  reader.arena().array(),
                  ByteArena.offset(reader.payload()),
                  ByteArena.length(reader.payload()))
              : ByteArena.EMPTY);
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.BytesColumn(arena, Arrays.copyOf(slices.array(), slices.size()));
    }
  }

  private static final class IdBuilder<B> implements Builder<B> {
    private final Field field;
    private final ByteArena arena = new ByteArena(1024);
    private final LongColumn slices = new LongColumn(64);

    IdBuilder(Field field) {
      this.field = field;
    }

    @Override
    public void add(B batch, int row) {
      long high = 0;
      long low;
      switch (batch) {
        case LogBatch logs -> {
          high = logs.traceIdHigh(row);
          low = field.equals(Field.TRACE_ID) ? logs.traceIdLow(row) : logs.spanId(row);
        }
        case SpanBatch spans -> {
          high = spans.traceIdHigh(row);
          low =
              field.equals(Field.TRACE_ID)
                  ? spans.traceIdLow(row)
                  : field.equals(Field.SPAN_ID) ? spans.spanId(row) : spans.parentSpanId(row);
        }
        default -> throw new IllegalStateException("a batch is of log records or of spans");
      }
      if (field.equals(Field.TRACE_ID)) {
        slices.add((high | low) == 0 ? ByteArena.EMPTY : append(high, low));
      } else {
        slices.add(low == 0 ? ByteArena.EMPTY : append(low));
      }
    }

    private long append(long high, long low) {
      long first = append(high);
      append(low);
      return ByteArena.slice(ByteArena.offset(first), 16);
    }

    private long append(long value) {
      int at = arena.reserve(8);
      for (int i = 0; i < 8; i++) {
        arena.array()[at + i] = (byte) (value >>> (56 - 8 * i));
      }
      return ByteArena.slice(at, 8);
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.BytesColumn(arena, Arrays.copyOf(slices.array(), slices.size()));
    }
  }

  private static final class ValueBuilder<B> implements Builder<B> {
    private final Reading<B> reading;
    private final ByteArena arena = new ByteArena(1024);
    private final ValueColumn values = new ValueColumn(arena);

    ValueBuilder(ReadableSchema<B> readable, Field field) {
      reading = new Reading<>(readable, field);
    }

    @Override
    public void add(B batch, int row) {
      FieldReader reader = reading.of(batch);
      byte type = reader.read(row);
      long payload = type == ValueColumn.NONE ? 0 : reader.payload();
      values.add(
          type,
          ValueColumn.isSlice(type)
              ? arena.append(
                  reader.arena().array(), ByteArena.offset(payload), ByteArena.length(payload))
              : payload);
    }

    @Override
    public ColumnBatch.Column column() {
      return new ColumnBatch.ValuesColumn(values);
    }
  }

  private static final class StreamBuilder<B> implements Builder<B> {
    private final Map<Labels, Integer> numbers = new HashMap<>();
    private final List<Labels> table = new ArrayList<>();
    private final IntColumn rows = new IntColumn(64);
    private @Nullable LogBatch current;
    private int[] known = new int[0];

    @Override
    public void add(B batch, int row) {
      if (!(batch instanceof LogBatch logs)) {
        throw new io.ghostworks.query.QueryException(
            io.ghostworks.query.QueryException.Kind.BAD_QUERY, "spans have no streams");
      }
      if (logs != current) {
        current = logs;
        known = new int[logs.streams().size()];
        Arrays.fill(known, -1);
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
    public void add(B batch, int row) {
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
    }

    @Override
    public ColumnBatch.Column column() {
      int[] rows = new int[target.rows()];
      Arrays.setAll(rows, row -> row);
      return new ColumnBatch.AttributesColumn(target, rows);
    }
  }
}
