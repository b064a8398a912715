package io.ghostworks.server.tempo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.AttributeColumns;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.server.http.Json;
import io.ghostworks.server.tempo.diff.AttributeValues;
import io.ghostworks.wire.number.DecimalText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A trace as language models read it: ids in hexadecimal, attributes as plain objects, by service
 * and scope.
 *
 * <p>Source: Tempo's {@code modules/frontend/combiner/llm_marshaler.go}.
 */
final class LlmTrace {

  private static final List<String> KINDS =
      List.of(
          "SPAN_KIND_UNSPECIFIED",
          "SPAN_KIND_INTERNAL",
          "SPAN_KIND_SERVER",
          "SPAN_KIND_CLIENT",
          "SPAN_KIND_PRODUCER",
          "SPAN_KIND_CONSUMER");
  private static final List<String> STATUSES =
      List.of("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR");
  private static final String SERVICE = "service.name";

  private final SpanBatch trace;
  private final JsonGenerator json;

  private LlmTrace(SpanBatch trace, JsonGenerator json) {
    this.trace = trace;
    this.json = json;
  }

  /**
   * @param rows those that are given
   * @param message why it is not all of the trace; "" if it is
   */
  static byte[] json(SpanBatch trace, int[] rows, long inspectedBytes, String message) {
    return Json.bytes(json -> new LlmTrace(trace, json).write(rows, inspectedBytes, message));
  }

  private void write(int[] rows, long inspectedBytes, String message) throws IOException {
    json.writeStartObject();
    if (rows.length > 0) {
      json.writeObjectFieldStart("trace");
      json.writeStringField("traceId", hex(trace.traceIdHigh(0), trace.traceIdLow(0)));
      json.writeArrayFieldStart("services");
      for (List<Integer> ofResource : grouped(IntStream.of(rows).boxed().toList(), true)) {
        service(ofResource);
      }
      json.writeEndArray();
      json.writeEndObject();
      if (inspectedBytes > 0) {
        json.writeObjectFieldStart("metrics");
        json.writeNumberField("inspectedBytes", inspectedBytes);
        json.writeEndObject();
      }
      json.writeStringField("status", message.isEmpty() ? "COMPLETE" : "PARTIAL");
      text("message", message);
    }
    json.writeEndObject();
  }

  /** Rows of one resource, or of one scope, together. */
  private List<List<Integer>> grouped(List<Integer> rows, boolean byResource) {
    List<List<Integer>> groups = new ArrayList<>();
    int last = -1;
    Comparator<Integer> order =
        Comparator.comparingInt(row -> byResource ? trace.resource(row) : trace.scope(row));
    for (int row : rows.stream().sorted(order).toList()) {
      int number = byResource ? trace.resource(row) : trace.scope(row);
      if (number != last) {
        groups.add(new ArrayList<>());
        last = number;
      }
      groups.getLast().add(row);
    }
    return groups;
  }

  private void service(List<Integer> rows) throws IOException {
    Map<String, @Nullable Object> resource =
        AttributeValues.of(trace.resources().attributes(), trace.resource(rows.getFirst()));
    json.writeStartObject();
    if (resource.remove(SERVICE) instanceof String name) {
      text("serviceName", name);
    }
    object("resource", resource);
    json.writeArrayFieldStart("scopes");
    for (List<Integer> ofScope : grouped(rows, false)) {
      int scope = trace.scope(ofScope.getFirst());
      json.writeStartObject();
      text("name", trace.arena().text(trace.scopes().name(scope)));
      text("version", trace.arena().text(trace.scopes().version(scope)));
      json.writeArrayFieldStart("spans");
      for (int row : ofScope) {
        span(row);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void span(int row) throws IOException {
    json.writeStartObject();
    json.writeStringField("spanId", hex(trace.spanId(row)));
    json.writeStringField("name", trace.arena().text(trace.name(row)));
    text("parentSpanId", trace.parentSpanId(row) == 0 ? "" : hex(trace.parentSpanId(row)));
    if (trace.kind(row) > 0 && trace.kind(row) < KINDS.size()) {
      json.writeStringField("kind", KINDS.get(trace.kind(row)));
    }
    long start = trace.startNanos(row);
    long end = trace.endNanos(row);
    text("startTimeUnixNano", start == 0 ? "" : Long.toUnsignedString(start));
    text("endTimeUnixNano", end == 0 ? "" : Long.toUnsignedString(end));
    if (start != 0 && end != 0 && start != end) {
      number("durationMs", (end - start) / 1_000_000.0);
    }
    attributes(trace.attributes(), row);
    events(row);
    links(row);
    status(row);
    json.writeEndObject();
  }

  private void events(int row) throws IOException {
    if (trace.eventStart(row) == trace.eventEnd(row)) {
      return;
    }
    json.writeArrayFieldStart("events");
    for (int event = trace.eventStart(row); event < trace.eventEnd(row); event++) {
      long time = trace.events().timeNanos(event);
      json.writeStartObject();
      json.writeStringField("name", trace.arena().text(trace.events().name(event)));
      text("timeUnixNano", time == 0 ? "" : Long.toUnsignedString(time));
      attributes(trace.events().attributes(), event);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void links(int row) throws IOException {
    if (trace.linkStart(row) == trace.linkEnd(row)) {
      return;
    }
    SpanBatch.Links links = trace.links();
    json.writeArrayFieldStart("links");
    for (int link = trace.linkStart(row); link < trace.linkEnd(row); link++) {
      json.writeStartObject();
      json.writeStringField("traceId", hex(links.traceIdHigh(link), links.traceIdLow(link)));
      json.writeStringField("spanId", hex(links.spanId(link)));
      attributes(links.attributes(), link);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void status(int row) throws IOException {
    int code = trace.statusCode(row);
    json.writeObjectFieldStart("status");
    json.writeStringField("code", STATUSES.get(code > 0 && code < STATUSES.size() ? code : 0));
    json.writeStringField("message", code == 0 ? "" : trace.arena().text(trace.statusMessage(row)));
    json.writeEndObject();
  }

  private void attributes(AttributeColumns attributes, int row) throws IOException {
    object("attributes", AttributeValues.of(attributes, row));
  }

  private void object(String name, Map<String, @Nullable Object> values) throws IOException {
    if (!values.isEmpty()) {
      json.writeFieldName(name);
      value(values);
    }
  }

  private void value(@Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean bool -> json.writeBoolean(bool);
      case Long whole -> json.writeNumber(whole);
      case Double real when !Double.isFinite(real) -> json.writeString(real.toString());
      case Double real -> json.writeRawValue(DecimalText.json(real));
      case byte[] bytes -> json.writeString(HexFormat.of().formatHex(bytes));
      case List<?> list -> {
        json.writeStartArray();
        for (Object one : list) {
          value(one);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          value(entry.getValue());
        }
        json.writeEndObject();
      }
      default -> throw new IllegalStateException("no value: " + value.getClass());
    }
  }

  private void number(String name, double value) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(DecimalText.json(value));
  }

  private void text(String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  private static String hex(long id) {
    return HexFormat.of().toHexDigits(id);
  }

  private static String hex(long high, long low) {
    return hex(high) + hex(low);
  }
}
