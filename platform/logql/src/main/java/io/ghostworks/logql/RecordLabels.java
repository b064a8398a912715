package io.ghostworks.logql;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.label.Labels;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.DetectedLevel;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.query.record.ColumnBatch;
import io.ghostworks.query.record.Field;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads the rows of a scan as Loki sees them: stream labels, line, structured metadata. Names of
 * attributes become label names, every other character an underscore.
 *
 * <p>Source: Loki documentation, "Ingesting logs to Loki using OpenTelemetry Collector", "Format
 * considerations".
 */
final class RecordLabels {

  /** What a scan must give, in this order. */
  static final List<Field> PROJECTION =
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
          Field.OBSERVED_TIME);

  private static final String DUPLICATE_SUFFIX = "_extracted";

  private final ColumnBatch batch;

  RecordLabels(ColumnBatch batch) {
    this.batch = batch;
  }

  long timeNanos(int row) {
    return batch.longs(0).values()[row];
  }

  Labels stream(int row) {
    return batch.labels(1).labels(row);
  }

  String line(int row) {
    String text = ValueText.of(batch.values(2).values(), row);
    return text == null ? "" : text;
  }

  Labels structuredMetadata(int row) {
    Labels stream = stream(row);
    Labels.Builder metadata = Labels.builder();
    addResource(row, stream, metadata);
    addAttributes(batch.attributes(5), row, stream, metadata);
    add("scope_name", batch.bytes(6).text(row), stream, metadata);
    addAttributes(batch.attributes(3), row, stream, metadata);
    add("trace_id", hex(7, row), stream, metadata);
    add("span_id", hex(8, row), stream, metadata);
    long severity = batch.longs(9).values()[row];
    String severityText = batch.bytes(10).text(row);
    add("severity_number", severity == 0 ? "" : Long.toString(severity), stream, metadata);
    add("severity_text", severityText, stream, metadata);
    long observed = batch.longs(11).values()[row];
    add("observed_timestamp", observed == 0 ? "" : Long.toString(observed), stream, metadata);
    if (metadata.get(DetectedLevel.NAME) == null && !stream.has(DetectedLevel.NAME)) {
      metadata.set(DetectedLevel.NAME, level(metadata, severity, severityText));
    }
    return metadata.build();
  }

  private static String level(Labels.Builder metadata, long severity, String severityText) {
    if (severity > 0) {
      return DetectedLevel.ofSeverityNumber((int) severity);
    }
    if (!severityText.isEmpty()) {
      return DetectedLevel.normalize(severityText);
    }
    for (String field : DetectedLevel.FIELDS) {
      String level = metadata.get(labelName(field));
      if (level != null) {
        return DetectedLevel.normalize(level);
      }
    }
    return "unknown";
  }

  /** The resource's attributes, unless the stream has them as labels. */
  private void addResource(int row, Labels stream, Labels.Builder metadata) {
    ColumnBatch.AttributesColumn column = batch.attributes(4);
    AttributeColumns attributes = column.attributes();
    int resource = column.attributeRows()[row];
    for (int entry = attributes.start(resource); entry < attributes.end(resource); entry++) {
      String name = labelName(attributes.key(entry));
      String value = ValueText.of(attributes.values(), entry);
      if (value != null && !stream.has(name)) {
        metadata.set(name, value);
      }
    }
  }

  private static void addAttributes(
      ColumnBatch.AttributesColumn column, int row, Labels stream, Labels.Builder metadata) {
    AttributeColumns attributes = column.attributes();
    int at = column.attributeRows()[row];
    for (int entry = attributes.start(at); entry < attributes.end(at); entry++) {
      String value = ValueText.of(attributes.values(), entry);
      if (value != null) {
        add(labelName(attributes.key(entry)), value, stream, metadata);
      }
    }
  }

  private static void add(String name, String value, Labels stream, Labels.Builder metadata) {
    if (!value.isEmpty()) {
      metadata.set(stream.has(name) ? name + DUPLICATE_SUFFIX : name, value);
    }
  }

  private String hex(int column, int row) {
    ColumnBatch.BytesColumn ids = batch.bytes(column);
    long slice = ids.slices()[row];
    int offset = ByteArena.offset(slice);
    return HexFormat.of().formatHex(ids.arena().array(), offset, offset + ByteArena.length(slice));
  }

  /** The label name of an attribute's key. */
  static String labelName(String key) {
    StringBuilder name = new StringBuilder(key.length());
    key.codePoints()
        .forEach(c -> {
          boolean kept = c < 128 && (Character.isLetterOrDigit(c) || c == '_');
          name.append(kept ? (char) c : '_');
        });
    if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
      return "key_" + name;
    }
    boolean reserved = name.length() > 1 && name.charAt(0) == '_' && name.charAt(1) != '_';
    return reserved ? "key" + name : name.toString();
  }
}
