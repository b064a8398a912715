package io.ghostworks.server.loki;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.server.http.Json;
import java.io.IOException;
import java.util.List;

/** How the messages of a tail are written. */
enum TailForm {
  /** Labels as objects, structured metadata among them. */
  PLAIN,
  /** Labels as objects, structured metadata and parsed labels with each line. */
  CATEGORIZED,
  /** As the former API: labels as text, times as RFC 3339. */
  FORMER;

  byte[] written(TailBuffer.Message message) {
    return Json.bytes(json -> {
      json.writeStartObject();
      json.writeArrayFieldStart("streams");
      List<TailEntry> entries = message.entries();
      for (int from = 0; from < entries.size(); ) {
        int to = from + 1;
        while (to < entries.size() && entries.get(to).labels().equals(entries.get(from).labels())) {
          to++;
        }
        stream(json, entries.subList(from, to));
        from = to;
      }
      json.writeEndArray();
      if (!message.dropped().isEmpty()) {
        dropped(json, message.dropped());
      }
      if (this == CATEGORIZED) {
        LokiJson.strings(json, "encodingFlags", List.of("categorize-labels"));
      }
      json.writeEndObject();
    });
  }

  /** Lines that follow each other and have the same labels. */
  private void stream(JsonGenerator json, List<TailEntry> entries) throws IOException {
    json.writeStartObject();
    if (this == FORMER) {
      json.writeStringField("labels", entries.getFirst().labels().toString());
      json.writeArrayFieldStart("entries");
      for (TailEntry entry : entries) {
        StreamsAnswer.formerEntry(json, entry.entry());
      }
    } else {
      json.writeFieldName("stream");
      LokiJson.labels(json, entries.getFirst().labels());
      json.writeArrayFieldStart("values");
      for (TailEntry entry : entries) {
        StreamsAnswer.entry(json, entry.entry(), this == CATEGORIZED);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private void dropped(JsonGenerator json, List<TailBuffer.Dropped> dropped) throws IOException {
    json.writeArrayFieldStart("dropped_entries");
    for (TailBuffer.Dropped one : dropped) {
      json.writeStartObject();
      if (this == FORMER) {
        json.writeStringField("timestamp", StreamsAnswer.time(one.timeNanos()));
        json.writeStringField("labels", one.labels().toString());
      } else {
        json.writeStringField("timestamp", Long.toString(one.timeNanos()));
        if (!one.labels().isEmpty()) {
          json.writeFieldName("labels");
          LokiJson.labels(json, one.labels());
        }
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
