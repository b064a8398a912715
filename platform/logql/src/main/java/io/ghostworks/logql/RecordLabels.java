package io.ghostworks.logql;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.AttributeNames;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.LogBatch;
import io.ghostworks.model.record.RecordLevel;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import io.ghostworks.query.record.TraceKey;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a scan as Loki sees them: stream labels, line, structured metadata. Names of
 * attributes become label names. Of several fields with one name the last counts, in this order:
 * attributes of the record, its own fields, attributes of the resource that are no labels of the
 * stream, attributes and fields of the scope, the level.
 *
 * <p>Source: the behaviour of grafana/loki pkg/loghttp/push; Loki documentation, "Ingesting logs to
 * Loki using OpenTelemetry Collector", "Format considerations".
 */
public final class RecordLabels {

  /** What a scan must give, in this order. */
  public static final List<Field> PROJECTION =
      List.of(
          Field.TIME,
          Field.STREAM_LABELS,
          Field.BODY,
          Field.ATTRIBUTES,
          Field.RESOURCE_ATTRIBUTES,
          Field.INSTRUMENTATION_ATTRIBUTES,
          Field.INSTRUMENTATION_NAME,
          Field.TRACE_ID,
          Field.SPAN_ID,
          Field.SEVERITY_NUMBER,
          Field.SEVERITY_TEXT,
          Field.OBSERVED_TIME,
          Field.EVENT_NAME,
          Field.FLAGS,
          Field.DROPPED_ATTRIBUTES,
          Field.INSTRUMENTATION_VERSION,
          Field.INSTRUMENTATION_DROPPED_ATTRIBUTES);

  private static final String DUPLICATE_SUFFIX = "_extracted";
  private static final String EVENT_NAME = "event_name";

  private final ColumnBatch batch;
  private final @Nullable String[][] names = new String[PROJECTION.size()][];

  public RecordLabels(ColumnBatch batch) {
    this.batch = batch;
  }

  public long timeNanos(int row) {
    return batch.longs(0).values()[row];
  }

  public Labels stream(int row) {
    return batch.labels(1).labels(row);
  }

  public String line(int row) {
    String text = ValueText.of(batch.values(2).values(), row);
    return text == null ? "" : text;
  }

  public Labels structuredMetadata(int row) {
    Labels stream = stream(row);
    Labels.Builder metadata = Labels.builder();
    addAttributes(3, row, stream, metadata);
    addRecordFields(row, stream, metadata);
    addAttributes(4, row, stream, metadata);
    addAttributes(5, row, stream, metadata);
    add("scope_name", batch.bytes(6).text(row), stream, metadata);
    add("scope_version", batch.bytes(15).text(row), stream, metadata);
    add("scope_dropped_attributes_count", number(16, row), stream, metadata);
    boolean lookedFor =
        (batch.longs(13).values()[row] & (LogBatch.LEVEL_FOUND | LogBatch.NO_LEVEL)) != 0;
    if (!lookedFor && metadata.get(DetectedLevel.NAME) == null && !stream.has(DetectedLevel.NAME)) {
      metadata.set(DetectedLevel.NAME, level(row));
    }
    return metadata.build();
  }

  private void addRecordFields(int row, Labels stream, Labels.Builder metadata) {
    long flags = batch.longs(13).values()[row];
    if ((flags & LogBatch.TIME_OBSERVED) == 0) {
      add("observed_timestamp", number(11, row), stream, metadata);
    }
    add("severity_number", number(9, row), stream, metadata);
    add("severity_text", batch.bytes(10).text(row), stream, metadata);
    add("dropped_attributes_count", number(14, row), stream, metadata);
    long sent = flags & ~(LogBatch.OWN_FLAGS & 0xffffffffL);
    add("flags", sent == 0 ? "" : Long.toString(sent), stream, metadata);
    if ((flags & LogBatch.CONTEXT_FOUND) == 0) {
      add("trace_id", hex(7, row), stream, metadata);
      add("span_id", hex(8, row), stream, metadata);
    }
    add(EVENT_NAME, batch.bytes(12).text(row), stream, metadata);
  }

  /** The level of a record that was stored before levels were found at ingest. */
  private String level(int row) {
    ColumnBatch.AttributesColumn attributes = batch.attributes(3);
    return RecordLevel.of(
        attributes.attributes(),
        attributes.attributeRows()[row],
        (int) batch.longs(9).values()[row],
        batch.bytes(10).text(row));
  }

  private String number(int column, int row) {
    long value = batch.longs(column).values()[row];
    return value == 0 ? "" : Long.toString(value);
  }

  private void addAttributes(int number, int row, Labels stream, Labels.Builder metadata) {
    ColumnBatch.AttributesColumn column = batch.attributes(number);
    AttributeColumns attributes = column.attributes();
    int at = column.attributeRows()[row];
    boolean resource = number == 4;
    for (int entry = attributes.start(at), end = attributes.end(at); entry < end; entry++) {
      String label = name(number, attributes, attributes.keyId(entry));
      ValueText.flatten(
          label,
          attributes.values(),
          entry,
          (name, value) -> {
            // What the stream has of its resource is a label of the stream, and nothing else.
            if (!resource || !value.equals(stream.find(name))) {
              add(name, value, stream, metadata);
            }
          });
    }
  }

  private String name(int column, AttributeColumns attributes, int keyId) {
    @Nullable String[] known = names[column];
    if (known == null) {
      known = new String[attributes.keys().size()];
      names[column] = known;
    }
    String name = known[keyId];
    if (name == null) {
      name = AttributeNames.LOKI.labelOrKey(attributes.keys().text(keyId));
      known[keyId] = name;
    }
    return name;
  }

  private static void add(String name, String value, Labels stream, Labels.Builder metadata) {
    if (!value.isEmpty()) {
      metadata.set(stream.has(name) ? name + DUPLICATE_SUFFIX : name, value);
    }
  }

  /** The trace of a row, whether it is shown as a label or not; null if it has none. */
  @Nullable TraceKey trace(int row) {
    return batch.bytes(7).findTraceId(row);
  }

  /** The span of a row, likewise; 0 if it has none. */
  long span(int row) {
    return batch.bytes(8).spanId(row);
  }

  private String hex(int column, int row) {
    ColumnBatch.BytesColumn ids = batch.bytes(column);
    long slice = ids.slices()[row];
    int offset = ByteArena.offset(slice);
    return HexFormat.of().formatHex(ids.arena().array(), offset, offset + ByteArena.length(slice));
  }
}
