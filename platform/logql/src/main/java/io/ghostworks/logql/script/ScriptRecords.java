package io.ghostworks.logql.script;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.column.StringTable;
import io.ghostworks.model.label.LabelMatcher;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.LogBatch;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Log records in memory, as a script loads them: structured metadata stands as attributes of the
 * records, and no level is looked for beside them.
 */
final class ScriptRecords implements RecordSource {
  private static final int ROWS_PER_BATCH = 1024;

  private static final Set<Field> NUMBERS =
      Set.of(
          Field.SEVERITY_NUMBER,
          Field.OBSERVED_TIME,
          Field.DROPPED_ATTRIBUTES,
          Field.INSTRUMENTATION_DROPPED_ATTRIBUTES);

  private final List<ScriptCommand.ScriptEntry> entries = new ArrayList<>();
  private final Set<ScriptCommand.ScriptEntry> distinct = new HashSet<>();

  void clear() {
    entries.clear();
    distinct.clear();
  }

  /** Adds an entry whose time counts from an epoch; false if it is there already. */
  boolean add(ScriptCommand.ScriptEntry entry, long epochNanos) {
    var absolute =
        new ScriptCommand.ScriptEntry(
            entry.stream(), epochNanos + entry.timeNanos(), entry.line(), entry.metadata());
    return distinct.add(absolute) && entries.add(absolute);
  }

  @Override
  public RecordCursor scan(RecordScan scan, QueryContext context) {
    Comparator<ScriptCommand.ScriptEntry> byTime =
        Comparator.comparingLong(ScriptCommand.ScriptEntry::timeNanos);
    List<ScriptCommand.ScriptEntry> rows =
        entries.stream()
            .filter(entry -> isIn(entry, scan.startNanos(), scan.endNanos()))
            .filter(entry -> holds(scan.filter(), entry))
            .sorted(scan.order() == RecordScan.Order.NEWEST_FIRST ? byTime.reversed() : byTime)
            .limit(scan.rowsMax())
            .toList();
    return new RecordCursor() {
      private int at;

      @Override
      public @Nullable ColumnBatch next() {
        if (at >= rows.size()) {
          return null;
        }
        List<ScriptCommand.ScriptEntry> part =
            rows.subList(at, Math.min(at + ROWS_PER_BATCH, rows.size()));
        at += part.size();
        context.countRows(part.size(), bytes(part));
        return new ColumnBatch(
            part.size(), scan.projection().stream().map(field -> column(field, part)).toList());
      }

      @Override
      public void close() {}
    };
  }

  private static boolean isIn(ScriptCommand.ScriptEntry entry, long startNanos, long endNanos) {
    return entry.timeNanos() >= startNanos && entry.timeNanos() < endNanos;
  }

  private static long bytes(List<ScriptCommand.ScriptEntry> rows) {
    return rows.stream().mapToLong(row -> row.line().length()).sum();
  }

  private static ColumnBatch.Column column(Field field, List<ScriptCommand.ScriptEntry> rows) {
    if (field.equals(Field.TIME)) {
      return new ColumnBatch.LongColumn(
          rows.stream().mapToLong(ScriptCommand.ScriptEntry::timeNanos).toArray());
    }
    if (NUMBERS.contains(field)) {
      return new ColumnBatch.LongColumn(new long[rows.size()]);
    }
    if (field.equals(Field.FLAGS)) {
      return new ColumnBatch.LongColumn(
          rows.stream().mapToLong(row -> LogBatch.LEVEL_FOUND).toArray());
    }
    if (field.equals(Field.STREAM_LABELS)) {
      return streams(rows);
    }
    if (field.equals(Field.BODY)) {
      ValueColumn values = new ValueColumn(new ByteArena(64));
      rows.forEach(row -> values.addString(row.line()));
      return new ColumnBatch.ValuesColumn(values);
    }
    if (field.equals(Field.ATTRIBUTES)) {
      return attributes(rows.stream().map(ScriptCommand.ScriptEntry::metadata).toList());
    }
    if (field.equals(Field.RESOURCE_ATTRIBUTES) || field.equals(Field.INSTRUMENTATION_ATTRIBUTES)) {
      return attributes(rows.stream().map(row -> Labels.EMPTY).toList());
    }
    if (field.scope() != Field.Scope.INTRINSIC) {
      return values(field, rows);
    }
    long[] none = new long[rows.size()];
    Arrays.fill(none, ByteArena.EMPTY);
    return new ColumnBatch.BytesColumn(new ByteArena(16), none);
  }

  private static ColumnBatch.Column streams(List<ScriptCommand.ScriptEntry> rows) {
    List<Labels> table = rows.stream().map(ScriptCommand.ScriptEntry::stream).distinct().toList();
    return new ColumnBatch.LabelsColumn(
        table.toArray(Labels[]::new),
        rows.stream().mapToInt(row -> table.indexOf(row.stream())).toArray());
  }

  private static ColumnBatch.Column attributes(List<Labels> rows) {
    AttributeColumns attributes = new AttributeColumns(new StringTable(), new ByteArena(64));
    int[] numbers = new int[rows.size()];
    for (int i = 0; i < numbers.length; i++) {
      rows.get(i).forEach(attributes::add);
      attributes.endRow();
      numbers[i] = i;
    }
    return new ColumnBatch.AttributesColumn(attributes, numbers);
  }

  private static ColumnBatch.Column values(Field field, List<ScriptCommand.ScriptEntry> rows) {
    ValueColumn values = new ValueColumn(new ByteArena(64));
    for (ScriptCommand.ScriptEntry row : rows) {
      String text = text(field, row);
      if (text == null) {
        values.addNone();
      } else {
        values.addString(text);
      }
    }
    return new ColumnBatch.ValuesColumn(values);
  }

  private static @Nullable String text(Field field, ScriptCommand.ScriptEntry row) {
    return switch (field.scope()) {
      case STREAM -> row.stream().find(field.name());
      case ATTRIBUTE, ATTRIBUTE_OR_RESOURCE -> row.metadata().find(field.name());
      case INTRINSIC -> field.equals(Field.BODY) ? row.line() : null;
      case RESOURCE, INSTRUMENTATION, EVENT, LINK -> null;
    };
  }

  private static boolean holds(Filter filter, ScriptCommand.ScriptEntry row) {
    return switch (filter) {
      case Filter.And and -> and.parts().stream().allMatch(part -> holds(part, row));
      case Filter.Or or -> or.parts().stream().anyMatch(part -> holds(part, row));
      case Filter.Not not -> !holds(not.part(), row);
      case Filter.Stream stream -> isOf(stream.matchers(), row);
      case Filter.JsonLabel label -> true;
      case Filter.Contains contains -> {
        String text = text(contains.field(), row);
        yield text != null
            && text.contains(
                new String(contains.needle(), java.nio.charset.StandardCharsets.UTF_8));
      }
      case Filter.Finds finds -> {
        String text = text(finds.field(), row);
        yield text != null && finds.pattern().matcher(text).find();
      }
      case Filter.Exists exists -> text(exists.field(), row) != null;
      case Filter.Compare compare ->
          compare.operator() == Filter.Operator.EQUAL
              && compare.literal() instanceof Filter.Literal.Text text
              && text.value().equals(text(compare.field(), row));
      case Filter.Traces traces -> false;
    };
  }

  private static boolean isOf(List<LabelMatcher> matchers, ScriptCommand.ScriptEntry row) {
    return matchers.stream()
        .allMatch(matcher -> matcher.matches(row.stream().get(matcher.label())));
  }

  @Override
  public SpanBatch trace(long traceIdHigh, long traceIdLow, QueryContext context) {
    throw new UnsupportedOperationException("a script has no spans");
  }

  @Override
  public List<Labels> streams(
      List<List<LabelMatcher>> selectors, long startNanos, long endNanos, QueryContext context) {
    return entries.stream()
        .filter(entry -> isIn(entry, startNanos, endNanos))
        .filter(
            entry -> selectors.isEmpty() || selectors.stream().anyMatch(each -> isOf(each, entry)))
        .map(ScriptCommand.ScriptEntry::stream)
        .distinct()
        .sorted()
        .toList();
  }

  @Override
  public List<String> attributeKeys(
      Signal signal,
      Field.Scope scope,
      long startNanos,
      long endNanos,
      int limit,
      QueryContext context) {
    Set<String> keys = new TreeSet<>();
    if (scope == Field.Scope.ATTRIBUTE) {
      entries.stream()
          .filter(entry -> isIn(entry, startNanos, endNanos))
          .forEach(entry -> entry.metadata().forEach((name, value) -> keys.add(name)));
    }
    return keys.stream().limit(limit).toList();
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
    Set<String> values = new TreeSet<>();
    for (ScriptCommand.ScriptEntry entry : entries) {
      String text = text(field, entry);
      if (text != null && isIn(entry, startNanos, endNanos) && holds(filter, entry)) {
        values.add(text);
      }
    }
    return values.stream().limit(limit).toList();
  }
}
