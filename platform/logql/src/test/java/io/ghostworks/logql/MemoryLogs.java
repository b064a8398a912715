package io.ghostworks.logql;

import io.ghostworks.logql.pipeline.LogPipeline;
import io.ghostworks.logql.syntax.Stage;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Log records of one batch, scanned row by row, in batches of two rows. */
final class MemoryLogs implements RecordSource {
  private final LogBatch batch;
  private int scannedRows;

  MemoryLogs(LogBatch batch) {
    this.batch = batch;
  }

  /** How many rows cursors have given so far. */
  int scannedRows() {
    return scannedRows;
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    Comparator<Integer> byTime = Comparator.comparingLong(batch::timeNanos);
    List<Integer> rows =
        IntStream.range(0, batch.rows())
            .boxed()
            .filter(row -> batch.timeNanos(row) >= scan.startNanos())
            .filter(row -> batch.timeNanos(row) < scan.endNanos())
            .filter(row -> holds(scan.filter(), row))
            .sorted(scan.order() == RecordScan.Order.NEWEST_FIRST ? byTime.reversed() : byTime)
            .limit(scan.rowsMax())
            .toList();
    return new RecordCursor() {
      private int at;

      @Override
      public ColumnBatch next() {
        if (at >= rows.size()) {
          return null;
        }
        List<Integer> part = rows.subList(at, Math.min(at + 2, rows.size()));
        at += part.size();
        scannedRows += part.size();
        List<ColumnBatch.Column> columns = new ArrayList<>();
        for (Field field : scan.projection()) {
          columns.add(column(field, part));
        }
        return new ColumnBatch(part.size(), columns);
      }

      @Override
      public void close() {}
    };
  }

  private ColumnBatch.Column column(Field field, List<Integer> rows) {
    if (field.equals(Field.TIME)) {
      return new ColumnBatch.LongColumn(rows.stream().mapToLong(batch::timeNanos).toArray());
    }
    if (field.equals(Field.OBSERVED_TIME)) {
      return new ColumnBatch.LongColumn(rows.stream().mapToLong(batch::observedNanos).toArray());
    }
    if (field.equals(Field.SEVERITY_NUMBER)) {
      return new ColumnBatch.LongColumn(rows.stream().mapToLong(batch::severityNumber).toArray());
    }
    if (field.equals(Field.FLAGS)) {
      return new ColumnBatch.LongColumn(
          rows.stream().mapToLong(row -> batch.flags(row) & 0xffffffffL).toArray());
    }
    if (field.equals(Field.DROPPED_ATTRIBUTES)) {
      return new ColumnBatch.LongColumn(
          rows.stream().mapToLong(batch::droppedAttributesCount).toArray());
    }
    if (field.equals(Field.INSTRUMENTATION_DROPPED_ATTRIBUTES)) {
      return new ColumnBatch.LongColumn(
          rows.stream()
              .mapToLong(row -> batch.scopes().droppedAttributesCount(batch.scope(row)))
              .toArray());
    }
    if (field.equals(Field.STREAM_LABELS)) {
      Labels[] table =
          rows.stream()
              .map(row -> batch.streams().labels(batch.stream(row)))
              .toArray(Labels[]::new);
      return new ColumnBatch.LabelsColumn(table, IntStream.range(0, table.length).toArray());
    }
    if (field.equals(Field.BODY)) {
      ValueColumn values = new ValueColumn(batch.arena());
      rows.forEach(row -> values.add(batch.body().type(row), batch.body().payload(row)));
      return new ColumnBatch.ValuesColumn(values);
    }
    if (field.equals(Field.ATTRIBUTES)) {
      return attributes(batch.attributes(), rows.stream().mapToInt(row -> row).toArray());
    }
    if (field.equals(Field.RESOURCE_ATTRIBUTES)) {
      return attributes(
          batch.resources().attributes(), rows.stream().mapToInt(batch::resource).toArray());
    }
    if (field.equals(Field.INSTRUMENTATION_ATTRIBUTES)) {
      return attributes(
          batch.scopes().attributes(), rows.stream().mapToInt(batch::scope).toArray());
    }
    ByteArena arena = new ByteArena(64);
    return new ColumnBatch.BytesColumn(
        arena, rows.stream().mapToLong(row -> bytes(field, row, arena)).toArray());
  }

  private static ColumnBatch.Column attributes(AttributeColumns attributes, int[] rows) {
    return new ColumnBatch.AttributesColumn(attributes, rows);
  }

  private long bytes(Field field, int row, ByteArena arena) {
    byte[] bytes;
    if (field.equals(Field.TRACE_ID)) {
      bytes =
          ByteBuffer.allocate(16)
              .putLong(batch.traceIdHigh(row))
              .putLong(batch.traceIdLow(row))
              .array();
      bytes = batch.traceIdHigh(row) == 0 && batch.traceIdLow(row) == 0 ? new byte[0] : bytes;
    } else if (field.equals(Field.SPAN_ID)) {
      bytes =
          batch.spanId(row) == 0
              ? new byte[0]
              : ByteBuffer.allocate(8).putLong(batch.spanId(row)).array();
    } else if (field.equals(Field.SEVERITY_TEXT)) {
      bytes = batch.arena().copy(batch.severityText(row));
    } else if (field.equals(Field.INSTRUMENTATION_NAME)) {
      bytes = batch.arena().copy(batch.scopes().name(batch.scope(row)));
    } else if (field.equals(Field.EVENT_NAME)) {
      bytes = batch.arena().copy(batch.eventName(row));
    } else if (field.equals(Field.INSTRUMENTATION_VERSION)) {
      bytes = batch.arena().copy(batch.scopes().version(batch.scope(row)));
    } else {
      throw new IllegalArgumentException("no such field: " + field);
    }
    return bytes.length == 0 ? ByteArena.EMPTY : arena.append(bytes, 0, bytes.length);
  }

  private boolean holds(Filter filter, int row) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(part -> holds(part, row));
      case Filter.Or or -> or.parts().stream().anyMatch(part -> holds(part, row));
      case Filter.Not not -> !holds(not.part(), row);
      case Filter.Stream stream ->
          stream.matchers().stream().allMatch(matcher -> matches(matcher, row));
      case Filter.JsonLabel label -> mayHave(label, line(row).getBytes(StandardCharsets.UTF_8));
      case Filter.Contains contains ->
          text(contains.field(), row)
              .contains(new String(contains.needle(), StandardCharsets.UTF_8));
      case Filter.Finds finds -> finds.pattern().matcher(line(row)).find();
      case Filter.Compare compare -> compares(compare, row);
      case Filter.Traces traces -> throw new IllegalArgumentException("not used: " + traces);
      case Filter.Exists exists -> throw new IllegalArgumentException("not used: " + exists);
    };
  }

  /** As little as a store may give. */
  private static boolean mayHave(Filter.JsonLabel label, byte[] line) {
    LogPipeline json = LogPipeline.compile(List.of(new Stage.Json()));
    json.process(0, line, 0, line.length, Labels.EMPTY, Labels.EMPTY);
    String found = json.parsedLabels().find(label.label());
    return switch (label.literal()) {
      case Filter.Literal.Text(String value) -> value.equals(found);
      case Filter.Literal.Real(double value) -> {
        if (found == null || !found.matches("[0-9.]+")) {
          yield true;
        }
        int order = Double.compare(Double.parseDouble(found), value);
        yield switch (label.operator()) {
          case EQUAL -> order == 0;
          case NOT_EQUAL -> order != 0;
          case GREATER -> order > 0;
          case GREATER_OR_EQUAL -> order >= 0;
          case LESS -> order < 0;
          case LESS_OR_EQUAL -> order <= 0;
        };
      }
      default -> throw new IllegalArgumentException("not used: " + label);
    };
  }

  private boolean matches(LabelMatcher matcher, int row) {
    return matcher.matches(batch.streams().labels(batch.stream(row)).get(matcher.label()));
  }

  private String line(int row) {
    String text = ValueText.of(batch.body(), row);
    return text == null ? "" : text;
  }

  private String text(Field field, int row) {
    if (field.equals(Field.BODY)) {
      return line(row);
    }
    AttributeColumns attributes = attributes(field.scope());
    int at =
        switch (field.scope()) {
          case RESOURCE -> batch.resource(row);
          case INSTRUMENTATION -> batch.scope(row);
          default -> row;
        };
    for (int entry = attributes.start(at); entry < attributes.end(at); entry++) {
      if (attributes.keys().text(attributes.keyId(entry)).equals(field.name())) {
        String text = ValueText.of(attributes.values(), entry);
        return text == null ? "" : text;
      }
    }
    return "";
  }

  private AttributeColumns attributes(Field.Scope scope) {
    return switch (scope) {
      case RESOURCE -> batch.resources().attributes();
      case INSTRUMENTATION -> batch.scopes().attributes();
      default -> batch.attributes();
    };
  }

  private boolean compares(Filter.Compare compare, int row) {
    String wanted = ((Filter.Literal.Text) compare.literal()).value();
    String name = compare.field().name();
    return switch (compare.field().scope()) {
      case INTRINSIC -> {
        ByteArena arena = new ByteArena(32);
        long slice = bytes(compare.field(), row, arena);
        yield HexFormat.of().formatHex(arena.copy(slice)).equals(wanted);
      }
      case RESOURCE ->
          wanted.equals(batch.resources().attributes().findString(batch.resource(row), name));
      case INSTRUMENTATION ->
          wanted.equals(batch.scopes().attributes().findString(batch.scope(row), name));
      default -> wanted.equals(batch.attributes().findString(row, name));
    };
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    throw new UnsupportedOperationException("no spans here");
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    throw new UnsupportedOperationException("not asked for by log queries");
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    AttributeColumns attributes = attributes(scope);
    return IntStream.range(0, attributes.keys().size())
        .mapToObj(attributes.keys()::text)
        .sorted()
        .toList();
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
    throw new UnsupportedOperationException("not asked for by log queries");
  }
}
