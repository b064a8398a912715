package io.ghostworks.server.tempo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The JSON form of a search's answer: Tempo's {@code SearchResponse}. As there, a number or text
 * that is zero or empty is left out.
 */
final class SearchAnswer {

  private static final long NANOS_PER_MS = 1_000_000L;

  private SearchAnswer() {}

  static byte[] write(TraceSearcher.Found found, QueryContext context) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("traces");
      for (FoundTrace trace : found.traces()) {
        trace(json, trace);
      }
      json.writeEndArray();
      json.writeObjectFieldStart("metrics");
      number(json, "inspectedTraces", found.inspected());
      text(json, "inspectedBytes", decimal(context.bytesRead()));
      text(json, "inspectedSpans", decimal(context.rowsRead()));
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void trace(JsonGenerator json, FoundTrace trace) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceID", trace.traceIdText());
    text(json, "rootServiceName", trace.rootService());
    text(json, "rootTraceName", trace.rootName());
    text(json, "startTimeUnixNano", decimal(trace.startNanos()));
    number(json, "durationMs", trace.durationNanos() / NANOS_PER_MS);
    json.writeObjectFieldStart("spanSet");
    spanSet(json, trace);
    json.writeEndObject();
    json.writeArrayFieldStart("spanSets");
    json.writeStartObject();
    spanSet(json, trace);
    json.writeEndObject();
    json.writeEndArray();
    services(json, trace);
    json.writeEndObject();
  }

  private static void services(JsonGenerator json, FoundTrace trace) throws IOException {
    json.writeObjectFieldStart("serviceStats");
    for (Map.Entry<String, FoundTrace.ServiceSpans> service :
        new TreeMap<>(trace.services()).entrySet()) {
      json.writeObjectFieldStart(service.getKey());
      number(json, "spanCount", service.getValue().spans());
      number(json, "errorCount", service.getValue().errors());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void spanSet(JsonGenerator json, FoundTrace trace) throws IOException {
    json.writeArrayFieldStart("spans");
    for (FoundTrace.FoundSpan span : trace.spans()) {
      json.writeStartObject();
      json.writeStringField("spanID", "%016x".formatted(span.spanId()));
      text(json, "name", span.name());
      text(json, "startTimeUnixNano", decimal(span.startNanos()));
      text(json, "durationNanos", decimal(span.durationNanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
    number(json, "matched", trace.matched());
  }

  private static void number(JsonGenerator json, String name, long value) throws IOException {
    if (value != 0) {
      json.writeNumberField(name, value);
    }
  }

  private static void text(JsonGenerator json, String name, String value) throws IOException {
    if (!value.isEmpty()) {
      json.writeStringField(name, value);
    }
  }

  /** A 64-bit number as text, empty for zero. */
  private static String decimal(long value) {
    return value == 0 ? "" : Long.toString(value);
  }
}
