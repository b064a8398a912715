package io.ghostworks.server.tempo;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Json;
import java.io.IOException;

/** The JSON form of a search's answer: Tempo's {@code SearchResponse}. */
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
      json.writeNumberField("inspectedTraces", found.inspected());
      json.writeStringField("inspectedBytes", Long.toString(context.bytesRead()));
      json.writeStringField("inspectedSpans", Long.toString(context.rowsRead()));
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void trace(JsonGenerator json, FoundTrace trace) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceID", trace.traceIdText());
    json.writeStringField("rootServiceName", trace.rootService());
    json.writeStringField("rootTraceName", trace.rootName());
    json.writeStringField("startTimeUnixNano", Long.toString(trace.startNanos()));
    json.writeNumberField("durationMs", trace.durationNanos() / NANOS_PER_MS);
    json.writeObjectFieldStart("spanSet");
    spanSet(json, trace);
    json.writeEndObject();
    json.writeArrayFieldStart("spanSets");
    json.writeStartObject();
    spanSet(json, trace);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void spanSet(JsonGenerator json, FoundTrace trace) throws IOException {
    json.writeArrayFieldStart("spans");
    for (FoundTrace.FoundSpan span : trace.spans()) {
      json.writeStartObject();
      json.writeStringField("spanID", "%016x".formatted(span.spanId()));
      json.writeStringField("name", span.name());
      json.writeStringField("startTimeUnixNano", Long.toString(span.startNanos()));
      json.writeStringField("durationNanos", Long.toString(span.durationNanos()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("matched", trace.matched());
  }
}
