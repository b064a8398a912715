package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import io.ghostworks.wire.number.DecimalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Writes tags: {@code [{key, type, value}]}. A whole number beyond what JavaScript holds exactly is
 * a text; lists and maps are texts of JSON.
 */
final class UiTags {

  static final String SERVICE_NAME = "service.name";

  private static final long SAFE_INTEGER_MAX = (1L << 53) - 1;
  private static final Set<String> IP_KEYS = Set.of("ip", "peer.ipv4");
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;

  private final SpanBatch batch;
  private final boolean raw;
  private final JsonGenerator json;

  UiTags(SpanBatch batch, boolean raw, JsonGenerator json) {
    this.batch = batch;
    this.raw = raw;
    this.json = json;
  }

  /** The scope, the attributes, then kind, status and trace state, as Jaeger's translation does. */
  void ofSpan(int row) throws IOException {
    int scope = batch.scope(row);
    json.writeStartArray();
    text(JaegerNames.SCOPE_NAME, batch.scopes().name(scope));
    text(JaegerNames.SCOPE_VERSION, batch.scopes().version(scope));
    attributes(batch.attributes(), row, JaegerNames.WARNINGS);
    String kind = JaegerNames.kind(batch.kind(row));
    if (!kind.isEmpty()) {
      tag(JaegerNames.SPAN_KIND, kind);
    }
    switch (batch.statusCode(row)) {
      case STATUS_OK -> tag(JaegerNames.STATUS_CODE, "OK");
      case STATUS_ERROR -> {
        tag(JaegerNames.STATUS_CODE, "ERROR");
        start(JaegerNames.ERROR, "bool");
        json.writeBooleanField("value", true);
        json.writeEndObject();
      }
      default -> {}
    }
    text(JaegerNames.STATUS_DESCRIPTION, batch.statusMessage(row));
    text(JaegerNames.TRACE_STATE, batch.traceState(row));
    json.writeEndArray();
  }

  /** The name of an event as its first field. */
  void ofEvent(int event) throws IOException {
    json.writeStartArray();
    if (batch.events().attributes().findString(event, JaegerNames.EVENT) == null) {
      text(JaegerNames.EVENT, batch.events().name(event));
    }
    attributes(batch.events().attributes(), event, "");
    json.writeEndArray();
  }

  /** All but the name of the service. */
  void ofResource(int resource) throws IOException {
    json.writeStartArray();
    attributes(batch.resources().attributes(), resource, SERVICE_NAME);
    json.writeEndArray();
  }

  private void attributes(AttributeColumns attributes, int row, String except) throws IOException {
    List<Integer> entries = new ArrayList<>(attributes.end(row) - attributes.start(row));
    for (int entry = attributes.start(row); entry < attributes.end(row); entry++) {
      entries.add(entry);
    }
    if (!raw) {
      entries.sort(Comparator.comparing(attributes::key));
    }
    for (int entry : entries) {
      String key = attributes.key(entry);
      if (!key.equals(except)) {
        value(key, attributes.values(), entry);
      }
    }
  }

  private void value(String key, ValueColumn values, int index) throws IOException {
    long payload = values.payload(index);
    if (!raw && IP_KEYS.contains(key) && isNumber(values.type(index))) {
      tag(key, address(values, index));
      return;
    }
    switch (values.type(index)) {
      case ValueColumn.BOOL -> {
        start(key, "bool");
        json.writeBooleanField("value", payload != 0);
      }
      case ValueColumn.INT -> {
        start(key, "int64");
        if (payload > SAFE_INTEGER_MAX || payload < -SAFE_INTEGER_MAX) {
          json.writeStringField("value", Long.toString(payload));
        } else {
          json.writeNumberField("value", payload);
        }
      }
      case ValueColumn.DOUBLE -> {
        start(key, "float64");
        number(values.doubleValue(index));
      }
      case ValueColumn.BYTES -> {
        start(key, "binary");
        json.writeFieldName("value");
        json.writeBinary(
            values.arena().array(), ByteArena.offset(payload), ByteArena.length(payload));
      }
      default -> {
        String text = ValueText.of(values, index);
        start(key, "string");
        json.writeStringField("value", text == null ? "" : text);
      }
    }
    json.writeEndObject();
  }

  private void number(double value) throws IOException {
    json.writeFieldName("value");
    if (Double.isFinite(value)) {
      json.writeRawValue(DecimalText.json(value));
    } else {
      json.writeString(DecimalText.general(value));
    }
  }

  private static boolean isNumber(byte type) {
    return type == ValueColumn.INT || type == ValueColumn.DOUBLE;
  }

  /** An IPv4 address that was sent as a number. */
  private static String address(ValueColumn values, int index) {
    long number =
        values.type(index) == ValueColumn.INT
            ? values.payload(index)
            : (long) values.doubleValue(index);
    return "%d.%d.%d.%d"
        .formatted(number >> 24 & 255, number >> 16 & 255, number >> 8 & 255, number & 255);
  }

  private void text(String key, long slice) throws IOException {
    if (UiTraceWriter.isThere(slice)) {
      tag(key, batch.arena().text(slice));
    }
  }

  private void tag(String key, String value) throws IOException {
    start(key, "string");
    json.writeStringField("value", value);
    json.writeEndObject();
  }

  private void start(String key, String type) throws IOException {
    json.writeStartObject();
    json.writeStringField("key", key);
    json.writeStringField("type", type);
  }

  /** Whether two values of a column are the same in type and content. */
  static boolean isSameValue(ValueColumn values, int one, int other) {
    byte type = values.type(one);
    if (type != values.type(other)) {
      return false;
    }
    return ValueColumn.isSlice(type)
        ? values.arena().equal(values.payload(one), values.arena(), values.payload(other))
        : values.payload(one) == values.payload(other);
  }

  /** Equal for values that are the same. */
  static int hash(ValueColumn values, int entry) {
    long payload = values.payload(entry);
    if (!ValueColumn.isSlice(values.type(entry))) {
      return Long.hashCode(payload);
    }
    int hash = 1;
    for (int i = 0; i < ByteArena.length(payload); i++) {
      hash = hash * 31 + values.arena().array()[ByteArena.offset(payload) + i];
    }
    return hash;
  }
}
