package io.ghostworks.server.traces;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.RecordLabels;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.Filter;
import io.ghostworks.query.record.RecordCursor;
import io.ghostworks.query.record.RecordScan;
import io.ghostworks.query.record.RecordSource;
import io.ghostworks.query.record.Signal;
import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** The log records that name a trace, oldest first, with labels as LogQL sees them. */
final class TraceLogs {
  private static final int SPAN_ID = RecordLabels.PROJECTION.indexOf(Field.SPAN_ID);
  private static final int ROW_BYTES = 600;

  private final TraceKey trace;
  private final Range range;
  private final List<Line> lines = new ArrayList<>();
  private boolean truncated;

  private TraceLogs(TraceKey trace, Range range) {
    this.trace = trace;
    this.range = range;
  }

  /** From start, inclusive, to end, exclusive. */
  record Range(long startNanos, long endNanos) {}

  private record Line(
      long timeNanos, String line, String spanId, Labels stream, Labels structuredMetadata) {}

  static TraceLogs read(
      TraceKey trace, Range range, int limit, RecordSource records, QueryContext context) {
    TraceLogs logs = new TraceLogs(trace, range);
    RecordScan scan =
        new RecordScan(
            Signal.LOGS,
            range.startNanos(),
            range.endNanos(),
            new Filter.Traces(Set.of(trace)),
            RecordLabels.PROJECTION,
            RecordScan.Order.OLDEST_FIRST,
            limit + 1);
    try (RecordCursor cursor = records.scan(scan, context)) {
      for (ColumnBatch batch = cursor.next(); batch != null; batch = cursor.next()) {
        context.check();
        RecordLabels labels = new RecordLabels(batch);
        for (int row = 0; row < batch.rows() && !logs.truncated; row++) {
          logs.truncated = logs.lines.size() == limit;
          if (!logs.truncated) {
            logs.add(batch, labels, row, context);
          }
        }
      }
    }
    return logs;
  }

  private void add(ColumnBatch batch, RecordLabels labels, int row, QueryContext context) {
    String line = labels.line(row);
    context.reserve(ROW_BYTES + 2L * line.length());
    ColumnBatch.BytesColumn ids = batch.bytes(SPAN_ID);
    long slice = ids.slices()[row];
    int from = ByteArena.offset(slice);
    lines.add(
        new Line(
            labels.timeNanos(row),
            line,
            HexFormat.of().formatHex(ids.arena().array(), from, from + ByteArena.length(slice)),
            labels.stream(row),
            labels.structuredMetadata(row)));
  }

  byte[] json() {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("traceId", trace.hex());
      json.writeStringField("startTimeUnixNano", Long.toString(range.startNanos()));
      json.writeStringField("endTimeUnixNano", Long.toString(range.endNanos()));
      json.writeBooleanField("truncated", truncated);
      json.writeArrayFieldStart("logs");
      for (Line line : lines) {
        json.writeStartObject();
        json.writeStringField("time", Long.toString(line.timeNanos()));
        json.writeStringField("line", line.line());
        if (!line.spanId().isEmpty()) {
          json.writeStringField("spanId", line.spanId());
        }
        labels(json, "stream", line.stream());
        labels(json, "structuredMetadata", line.structuredMetadata());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void labels(JsonGenerator json, String name, Labels labels) throws IOException {
    json.writeObjectFieldStart(name);
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }
}
