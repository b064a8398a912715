package io.ghostworks.query.record;

import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.RecordLevel;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.QueryContext;
import java.util.ArrayList;
import java.util.List;

/** Counts log records by reading them all: what every other way of counting must equal. */
public final class ScannedCounts {

  private static final List<Field> FIELDS = List.of(Field.TIME, Field.STREAM_LABELS, Field.BODY);
  private static final List<Field> FIELDS_WITH_LEVEL =
      List.of(
          Field.TIME,
          Field.STREAM_LABELS,
          Field.BODY,
          Field.ATTRIBUTES,
          Field.SEVERITY_NUMBER,
          Field.SEVERITY_TEXT,
          Field.FLAGS);

  private ScannedCounts() {}

  /** Which rows count. */
  @FunctionalInterface
  public interface Wanted {
    boolean test(Labels stream, long timeNanos);
  }

  /** The answer to a request over any source. */
  public static List<StreamCounts> of(
      RecordSource source, CountRequest request, QueryContext context) {
    CountTable table = new CountTable(context);
    if (request.endNanos() <= request.startNanos()) {
      return List.of();
    }
    RecordScan scan = scan(request, request.startNanos(), request.endNanos(), streams(request));
    try (RecordCursor cursor = source.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        add(batch, request, (stream, time) -> true, table);
      }
    }
    return table.sorted();
  }

  /** A scan of what {@link #add} looks at, in a part of the request's range. */
  public static RecordScan scan(
      CountRequest request, long startNanos, long endNanos, Filter filter) {
    return new RecordScan(
        Signal.LOGS,
        startNanos,
        endNanos,
        filter,
        request.byLevel() ? FIELDS_WITH_LEVEL : FIELDS,
        RecordScan.Order.OLDEST_FIRST,
        Integer.MAX_VALUE);
  }

  /** The streams of a request as a filter. */
  public static Filter streams(CountRequest request) {
    if (request.selectors().isEmpty()) {
      return Filter.ALL;
    }
    List<Filter> streams = new ArrayList<>();
    request.selectors().forEach(matchers -> streams.add(new Filter.Stream(matchers)));
    return streams.size() == 1 ? streams.getFirst() : new Filter.Or(streams);
  }

  /** Adds the rows of a batch of such a scan. */
  public static void add(ColumnBatch batch, CountRequest request, Wanted wanted, CountTable table) {
    long[] times = batch.longs(0).values();
    ValueColumn lines = batch.values(2).values();
    for (int row = 0; row < batch.rows(); row++) {
      Labels stream = batch.labels(1).labels(row);
      if (wanted.test(stream, times[row])) {
        String level = request.byLevel() ? level(batch, row) : "";
        table
            .steps(stream, level)
            .add(request.step(times[row]), 1, ValueText.utf8Length(lines, row));
      }
    }
  }

  private static String level(ColumnBatch batch, int row) {
    ColumnBatch.AttributesColumn column = batch.attributes(3);
    int at = column.attributeRows()[row];
    if ((batch.longs(6).values()[row] & LogBatch.NO_LEVEL) != 0) {
      String own = column.attributes().findString(at, DetectedLevel.NAME);
      return own == null ? "" : own;
    }
    return RecordLevel.of(
        column.attributes(), at, (int) batch.longs(4).values()[row], batch.bytes(5).text(row));
  }
}
