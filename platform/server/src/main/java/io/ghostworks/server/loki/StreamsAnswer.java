package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.logql.LogEntry;
import io.ghostworks.logql.LogStream;
import io.ghostworks.model.label.Labels;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Streams in an answer, with structured metadata among the labels, or apart where the client asks
 * for categorized labels.
 */
final class StreamsAnswer {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private StreamsAnswer() {}

  /** One stream. */
  static void stream(JsonGenerator json, LogStream stream, boolean categorized) throws IOException {
    json.writeStartObject();
    json.writeFieldName("stream");
    LokiJson.labels(json, stream.labels());
    json.writeArrayFieldStart("values");
    for (LogEntry entry : stream.entries()) {
      entry(json, entry, categorized);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** One line as an array of its time, text and, if wanted, metadata. */
  static void entry(JsonGenerator json, LogEntry entry, boolean categorized) throws IOException {
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

  /** One stream as the former API has it. */
  static void formerStream(JsonGenerator json, LogStream stream) throws IOException {
    json.writeStartObject();
    json.writeStringField("labels", stream.labels().toString());
    json.writeArrayFieldStart("entries");
    for (LogEntry entry : stream.entries()) {
      formerEntry(json, entry);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** One line as the former API has it. */
  static void formerEntry(JsonGenerator json, LogEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("ts", time(entry.timeNanos()));
    json.writeStringField("line", entry.line());
    json.writeEndObject();
  }

  /** A time as RFC 3339 in UTC, as the former API has it. */
  static String time(long nanos) {
    return DateTimeFormatter.ISO_INSTANT.format(
        Instant.ofEpochSecond(
            Math.floorDiv(nanos, NANOS_PER_SECOND), Math.floorMod(nanos, NANOS_PER_SECOND)));
  }

  private static void category(JsonGenerator json, String name, Labels labels) throws IOException {
    if (!labels.isEmpty()) {
      json.writeFieldName(name);
      LokiJson.labels(json, labels);
    }
  }
}
