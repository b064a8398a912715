package io.ghostworks.traceql;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Spans of traces, scanned row by row. */
final class MemorySpans implements RecordSource {
  private final Map<TraceKey, SpanBatch> traces = new LinkedHashMap<>();
  private int tracesRead;

  /** Takes the spans of one trace, by start time. */
  void add(TraceKey id, SpanBatch spans) {
    traces.put(id, spans);
  }

  /** How many traces were given so far. */
  int tracesRead() {
    return tracesRead;
  }

  private record Row(TraceKey trace, SpanBatch batch, int row) {
    long time() {
      return batch.startNanos(row);
    }
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    List<Row> rows =
        traces.entrySet().stream()
            .flatMap(trace ->
                IntStream.range(0, trace.getValue().rows())
                    .mapToObj(row -> new Row(trace.getKey(), trace.getValue(), row)))
            .filter(row -> row.time() >= scan.startNanos() && row.time() < scan.endNanos())
            .filter(row -> holds(scan.filter(), row))
            .sorted(Comparator.comparingLong(Row::time).reversed())
            .toList();
    return new RecordCursor() {
      private int at;

      @Override
      public ColumnBatch next() {
        if (at >= rows.size()) {
          return null;
        }
        List<Row> part = rows.subList(at, Math.min(at + 3, rows.size()));
        at += part.size();
        ByteArena arena = new ByteArena(64);
        long[] ids = new long[part.size()];
        long[] times = new long[part.size()];
        for (int i = 0; i < ids.length; i++) {
          TraceKey id = part.get(i).trace();
          byte[] bytes = ByteBuffer.allocate(16).putLong(id.high()).putLong(id.low()).array();
          ids[i] = arena.append(bytes, 0, 16);
          times[i] = part.get(i).time();
        }
        return new ColumnBatch(
            ids.length,
            List.of(new ColumnBatch.BytesColumn(arena, ids), new ColumnBatch.LongColumn(times)));
      }

      @Override
      public void close() {}
    };
  }

  private static boolean holds(Filter filter, Row row) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(part -> holds(part, row));
      case Filter.Or or -> or.parts().stream().anyMatch(part -> holds(part, row));
      case Filter.Not not -> !holds(not.part(), row);
      case Filter.Exists exists -> !values(exists.field(), row).isEmpty();
      case Filter.Compare compare ->
          values(compare.field(), row).stream().anyMatch(value -> compares(value, compare));
      case Filter.Finds finds ->
          values(finds.field(), row).stream()
              .anyMatch(value -> finds.pattern().matcher(value.toString()).find());
      case Filter.Traces ids -> ids.ids().contains(row.trace());
      case Filter.Contains contains -> throw new IllegalStateException("not asked by traces");
      case Filter.Stream stream -> throw new IllegalStateException("not asked by traces");
      case Filter.JsonLabel label -> throw new IllegalStateException("not asked by traces");
    };
  }

  private static boolean compares(Object value, Filter.Compare compare) {
    Object wanted =
        switch (compare.literal()) {
          case Filter.Literal.Text text -> text.value();
          case Filter.Literal.Whole whole -> (double) whole.value();
          case Filter.Literal.Real real -> real.value();
          case Filter.Literal.Bool bool -> bool.value();
        };
    Object own = value instanceof Long number ? (Object) number.doubleValue() : value;
    if (!own.getClass().equals(wanted.getClass())) {
      return false;
    }
    int order =
        switch (own) {
          case Double number -> number.compareTo((Double) wanted);
          case String text -> text.compareTo((String) wanted);
          default -> own.equals(wanted) ? 0 : 1;
        };
    return switch (compare.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static List<Object> values(Field field, Row row) {
    SpanBatch batch = row.batch();
    List<Object> values = new ArrayList<>();
    switch (field.scope()) {
      case ATTRIBUTE -> add(batch.attributes(), row.row(), field.name(), values);
      case RESOURCE ->
          add(batch.resources().attributes(), batch.resource(row.row()), field.name(), values);
      case INSTRUMENTATION ->
          add(batch.scopes().attributes(), batch.scope(row.row()), field.name(), values);
      case ATTRIBUTE_OR_RESOURCE -> {
        add(batch.attributes(), row.row(), field.name(), values);
        if (values.isEmpty()) {
          add(batch.resources().attributes(), batch.resource(row.row()), field.name(), values);
        }
      }
      case EVENT -> {
        for (int e = batch.eventStart(row.row()); e < batch.eventEnd(row.row()); e++) {
          add(batch.events().attributes(), e, field.name(), values);
        }
      }
      case LINK -> {
        for (int link = batch.linkStart(row.row()); link < batch.linkEnd(row.row()); link++) {
          add(batch.links().attributes(), link, field.name(), values);
        }
      }
      case INTRINSIC -> intrinsic(field, batch, row.row(), values);
      case STREAM -> throw new IllegalStateException("spans have no streams");
    }
    return values;
  }

  private static void intrinsic(Field field, SpanBatch batch, int row, List<Object> values) {
    if (field.equals(Field.NAME)) {
      values.add(batch.arena().text(batch.name(row)));
    } else if (field.equals(Field.STATUS_CODE)) {
      values.add((long) batch.statusCode(row));
    } else if (field.equals(Field.KIND)) {
      values.add((long) batch.kind(row));
    } else if (field.equals(Field.DURATION)) {
      values.add(batch.endNanos(row) - batch.startNanos(row));
    } else if (field.equals(Field.SPAN_ID)) {
      values.add(HexFormat.of().toHexDigits(batch.spanId(row)));
    } else if (field.equals(Field.PARENT_SPAN_ID)) {
      values.add(HexFormat.of().toHexDigits(batch.parentSpanId(row)));
    } else if (field.equals(Field.EVENT_SPAN_NAME)) {
      for (int e = batch.eventStart(row); e < batch.eventEnd(row); e++) {
        values.add(batch.arena().text(batch.events().name(e)));
      }
    } else if (field.equals(Field.SERVICE_NAME)) {
      add(batch.resources().attributes(), batch.resource(row), "service.name", values);
    } else {
      throw new IllegalStateException("no test asks for " + field);
    }
  }

  private static void add(AttributeColumns attributes, int row, String key, List<Object> values) {
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      if (attributes.key(entry).equals(key)) {
        ValueColumn column = attributes.values();
        switch (column.type(entry)) {
          case ValueColumn.STRING -> values.add(column.string(entry));
          case ValueColumn.INT -> values.add(column.payload(entry));
          case ValueColumn.DOUBLE -> values.add(column.doubleValue(entry));
          case ValueColumn.BOOL -> values.add(column.payload(entry) == 1);
          default -> throw new IllegalStateException("no test has arrays");
        }
      }
    }
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    return traces.getOrDefault(new TraceKey(traceIdHigh, traceIdLow), new SpanBatch());
  }

  @Override
  public void traces(
      Collection<TraceKey> ids,
      Collection<Field> columns,
      QueryContext context,
      Consumer<SpanBatch> each) {
    tracesRead += ids.size();
    RecordSource.super.traces(ids, columns, context, each);
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    return List.of();
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return List.of();
  }

  @Override
  public List<String> fieldValues(
      Signal signal,
      Field field,
      Filter filter,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    return List.of();
  }
}
