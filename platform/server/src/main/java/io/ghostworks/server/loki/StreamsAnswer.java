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

  private static final double NANOS_PER_SECOND = 1e9;

  private StreamsAnswer() {}

  static byte[] write(LogAnswer answer, boolean categorized, QueryContext context, long nanos) {
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
      statistics(json, answer, context, nanos);
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void stream(JsonGenerator json, LogStream stream, boolean categorized)
      throws IOException {
    json.writeStartObject();
    json.writeFieldName("stream");
    labels(json, stream.labels());
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
      labels(json, labels);
    }
  }

  private static void labels(JsonGenerator json, Labels labels) throws IOException {
    json.writeStartObject();
    for (int i = 0; i < labels.size(); i++) {
      json.writeStringField(labels.name(i), labels.value(i));
    }
    json.writeEndObject();
  }

  private static void statistics(
      JsonGenerator json, LogAnswer answer, QueryContext context, long nanos) throws IOException {
    double seconds = Math.max(nanos, 1) / NANOS_PER_SECOND;
    json.writeObjectFieldStart("stats");
    json.writeObjectFieldStart("summary");
    json.writeNumberField("bytesProcessedPerSecond", (long) (context.bytesRead() / seconds));
    json.writeNumberField("linesProcessedPerSecond", (long) (context.rowsRead() / seconds));
    json.writeNumberField("totalBytesProcessed", context.bytesRead());
    json.writeNumberField("totalLinesProcessed", context.rowsRead());
    json.writeNumberField("execTime", seconds);
    json.writeNumberField("totalEntriesReturned", answer.entries());
    json.writeEndObject();
    json.writeEndObject();
  }
}
