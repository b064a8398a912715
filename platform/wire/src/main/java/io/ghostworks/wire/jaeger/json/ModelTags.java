package io.ghostworks.wire.jaeger.json;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.model.record.ValueText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Gives the tags that spans, events and resources have in Jaeger's model, in its order. Lists and
 * maps are texts of JSON.
 */
final class ModelTags {

  static final String SERVICE_NAME = "service.name";

  private static final Set<String> IP_KEYS = Set.of("ip", "peer.ipv4");
  private static final int STATUS_OK = 1;
  private static final int STATUS_ERROR = 2;

  private final SpanBatch batch;
  private final boolean raw;
  private final Sink sink;

  /** Takes tags, one after the other. */
  interface Sink {
    void text(String key, String value) throws IOException;

    void truth(String key, boolean value) throws IOException;

    void whole(String key, long value) throws IOException;

    void real(String key, double value) throws IOException;

    void binary(String key, ByteArena arena, long slice) throws IOException;
  }

  /**
   * @param raw whether they are given as they are stored, neither sorted nor made readable
   */
  ModelTags(SpanBatch batch, boolean raw, Sink sink) {
    this.batch = batch;
    this.raw = raw;
    this.sink = sink;
  }

  /** The scope, the attributes, then kind, status and trace state, as Jaeger's translation does. */
  void ofSpan(int row) throws IOException {
    int scope = batch.scope(row);
    text(JaegerNames.SCOPE_NAME, batch.scopes().name(scope));
    text(JaegerNames.SCOPE_VERSION, batch.scopes().version(scope));
    attributes(batch.attributes(), row, JaegerNames.WARNINGS);
    String kind = JaegerNames.kind(batch.kind(row));
    if (!kind.isEmpty()) {
      sink.text(JaegerNames.SPAN_KIND, kind);
    }
    switch (batch.statusCode(row)) {
      case STATUS_OK -> sink.text(JaegerNames.STATUS_CODE, "OK");
      case STATUS_ERROR -> {
        sink.text(JaegerNames.STATUS_CODE, "ERROR");
        sink.truth(JaegerNames.ERROR, true);
      }
      default -> {}
    }
    text(JaegerNames.STATUS_DESCRIPTION, batch.statusMessage(row));
    text(JaegerNames.TRACE_STATE, batch.traceState(row));
  }

  /** The name of an event as its first field. */
  void ofEvent(int event) throws IOException {
    if (batch.events().attributes().findString(event, JaegerNames.EVENT) == null) {
      text(JaegerNames.EVENT, batch.events().name(event));
    }
    attributes(batch.events().attributes(), event, "");
  }

  /** All but the name of the service. */
  void ofResource(int resource) throws IOException {
    attributes(batch.resources().attributes(), resource, SERVICE_NAME);
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
      sink.text(key, address(values, index));
      return;
    }
    switch (values.type(index)) {
      case ValueColumn.BOOL -> sink.truth(key, payload != 0);
      case ValueColumn.INT -> sink.whole(key, payload);
      case ValueColumn.DOUBLE -> sink.real(key, values.doubleValue(index));
      case ValueColumn.BYTES -> sink.binary(key, values.arena(), payload);
      default -> {
        String text = ValueText.of(values, index);
        sink.text(key, text == null ? "" : text);
      }
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
      sink.text(key, batch.arena().text(slice));
    }
  }
}
