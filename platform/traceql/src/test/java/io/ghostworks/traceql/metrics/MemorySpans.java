package io.ghostworks.traceql.metrics;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans in memory, found by looking at each. */
final class MemorySpans implements RecordSource {

  private static final int BATCH_ROWS = 7;

  private final List<TestSpan> spans;

  MemorySpans(List<TestSpan> spans) {
    this.spans = List.copyOf(spans);
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    List<TestSpan> found = new ArrayList<>();
    for (TestSpan span : spans) {
      if (span.startNanos() >= scan.startNanos()
          && span.startNanos() < scan.endNanos()
          && holds(scan.filter(), span)) {
        found.add(span);
      }
    }
    found.sort(Comparator.comparingLong(TestSpan::startNanos));
    Iterator<TestSpan> rest = found.iterator();
    return new RecordCursor() {
      @Override
      public @Nullable ColumnBatch next() {
        List<TestSpan> rows = new ArrayList<>();
        while (rest.hasNext() && rows.size() < BATCH_ROWS) {
          rows.add(rest.next());
        }
        return rows.isEmpty()
            ? null
            : new ColumnBatch(
                rows.size(), scan.projection().stream().map(field -> column(field, rows)).toList());
      }

      @Override
      public void close() {}
    };
  }

  private static ColumnBatch.Column column(Field field, List<TestSpan> rows) {
    if (field.equals(Field.TIME)) {
      return numbers(rows.stream().mapToLong(TestSpan::startNanos).toArray());
    }
    if (field.equals(Field.DURATION)) {
      return numbers(rows.stream().mapToLong(TestSpan::durationNanos).toArray());
    }
    if (field.equals(Field.KIND)) {
      return numbers(rows.stream().mapToLong(TestSpan::kind).toArray());
    }
    if (field.equals(Field.STATUS_CODE)) {
      return numbers(rows.stream().mapToLong(TestSpan::status).toArray());
    }
    ByteArena arena = new ByteArena(64);
    if (field.equals(Field.NAME) || field.equals(Field.SERVICE_NAME)) {
      boolean name = field.equals(Field.NAME);
      return new ColumnBatch.BytesColumn(
          arena,
          rows.stream()
              .mapToLong(span -> arena.append(name ? span.name() : span.service()))
              .toArray());
    }
    if (field.equals(Field.TRACE_ID)) {
      return new ColumnBatch.BytesColumn(
          arena,
          rows.stream()
              .mapToLong(span ->
                  arena.append(
                      ByteBuffer.allocate(16).putLong(0).putLong(span.traceId()).array(), 0, 16))
              .toArray());
    }
    ValueColumn values = new ValueColumn(arena);
    for (TestSpan span : rows) {
      switch (value(field, span)) {
        case null -> values.addNone();
        case String text -> values.addString(text);
        case Long number -> values.addInt(number);
        case Double number -> values.addDouble(number);
        case Boolean bool -> values.addBool(bool);
        case Object other -> throw new IllegalArgumentException("no value: " + other);
      }
    }
    return new ColumnBatch.ValuesColumn(values);
  }

  private static ColumnBatch.LongColumn numbers(long[] values) {
    return new ColumnBatch.LongColumn(values);
  }

  private static @Nullable Object value(Field field, TestSpan span) {
    if (field.equals(Field.SERVICE_NAME)) {
      return span.service();
    }
    if (field.equals(Field.NAME)) {
      return span.name();
    }
    if (field.equals(Field.DURATION)) {
      return span.durationNanos();
    }
    if (field.equals(Field.STATUS_CODE)) {
      return (long) span.status();
    }
    if (field.equals(Field.KIND)) {
      return (long) span.kind();
    }
    if (field.equals(Field.PARENT_SPAN_ID)) {
      return span.parentId() == 0 ? null : Long.toHexString(span.parentId());
    }
    return switch (field.scope()) {
      case ATTRIBUTE -> span.attributes().get(field.name());
      case RESOURCE -> field.name().equals("service.name") ? span.service() : null;
      case ATTRIBUTE_OR_RESOURCE ->
          span.attributes().containsKey(field.name())
              ? span.attributes().get(field.name())
              : field.name().equals("service.name") ? span.service() : null;
      default -> throw new IllegalArgumentException("no field: " + field);
    };
  }

  static boolean holds(Filter filter, TestSpan span) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(part -> holds(part, span));
      case Filter.Or or -> or.parts().stream().anyMatch(part -> holds(part, span));
      case Filter.Not not -> !holds(not.part(), span);
      case Filter.Exists exists -> value(exists.field(), span) != null;
      case Filter.Compare compare -> compares(compare, value(compare.field(), span));
      case Filter.Finds finds ->
          value(finds.field(), span) instanceof String text && finds.pattern().matcher(text).find();
      default -> throw new IllegalArgumentException("no filter: " + filter);
    };
  }

  private static boolean compares(Filter.Compare compare, @Nullable Object value) {
    int order;
    switch (compare.literal()) {
      case Filter.Literal.Text(String text) when value instanceof String own ->
          order = own.compareTo(text);
      case Filter.Literal.Whole(long number) when value instanceof Number own ->
          order = Double.compare(own.doubleValue(), number);
      case Filter.Literal.Real(double number) when value instanceof Number own ->
          order = Double.compare(own.doubleValue(), number);
      case Filter.Literal.Bool(boolean bool) when value instanceof Boolean own ->
          order = Boolean.compare(own, bool);
      default -> {
        return false;
      }
    }
    return switch (compare.operator()) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    SpanBatch batch = new SpanBatch();
    spans.stream()
        .filter(span -> span.traceId() == traceIdLow && traceIdHigh == 0)
        .sorted(Comparator.comparingLong(TestSpan::startNanos))
        .forEach(span -> add(span, batch));
    return batch;
  }

  private static void add(TestSpan span, SpanBatch batch) {
    batch.resources().attributes().add("service.name", span.service());
    int resource = batch.resources().end(ByteArena.EMPTY, 0);
    int scope = batch.scopes().end(ByteArena.EMPTY, ByteArena.EMPTY, ByteArena.EMPTY, 0);
    span.attributes()
        .forEach((key, value) -> {
          switch (value) {
            case String text -> batch.attributes().add(key, text);
            case Long number -> batch.attributes().add(key, number);
            case Double number -> batch.attributes().add(key, number);
            case Boolean bool -> batch.attributes().add(key, bool);
            default -> throw new IllegalArgumentException("no value: " + value);
          }
        });
    batch.endRow(
        resource,
        scope,
        0,
        span.traceId(),
        span.spanId(),
        span.parentId(),
        ByteArena.EMPTY,
        0,
        batch.arena().append(span.name()),
        span.kind(),
        span.startNanos(),
        span.startNanos() + span.durationNanos(),
        span.status(),
        ByteArena.EMPTY,
        0,
        0,
        0);
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
