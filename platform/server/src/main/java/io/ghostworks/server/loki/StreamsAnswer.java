package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.LogAnswer;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.model.label.Labels;
import io.ghostworks.query.QueryContext;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.util.List;

/**
 * Streams in an answer, with structured metadata among the labels, or apart where the client asks
 * for categorized labels.
 */
final class StreamsAnswer {

  private StreamsAnswer() {}

  static byte[] write(LogAnswer answer, boolean categorized, QueryContext context) {
    List<LogStream> streams = categorized ? answer.streams() : answer.flattened();
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeStringField("status", "success");
      json.writeObjectFieldStart("data");
      json.writeStringField("resultType", "streams");
      if (categorized) {
        json.writeArrayFieldStart("encodingFlags");
        json.writeString("categorize-labels");
        json.writeEndArray();
      }
      json.writeArrayFieldStart("result");
      for (LogStream stream : streams) {
        stream(json, stream, categorized);
      }
      json.writeEndArray();
      json.writeFieldName("stats");
      LokiStatistics.write(json, context, answer.entries());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void stream(JsonGenerator json, LogStream stream, boolean categorized)
      throws IOException {
    json.writeStartObject();
    json.writeFieldName("stream");
    LokiJson.labels(json, stream.labels());
    json.writeArrayFieldStart("values");
    for (LogEntry entry : stream.entries()) {
      json.writeStartArray();
      json.writeString(Long.toString(entry.timeNanos()));
      json.writeString(entry.line());
      if (categorized) {
        json.writeStartObject();
        category(json, "structuredMetadata", entry.structuredMetadata());
        category(json, "parsed", entry.parsed());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void category(JsonGenerator json, String name, Labels labels) throws IOException {
    if (!labels.isEmpty()) {
      json.writeFieldName(name);
      LokiJson.labels(json, labels);
    }
  }
}
