package io.ghostworks.wire.jaeger.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.config.DurationForm;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one span. Times are microseconds since the epoch, or RFC 3339; durations microseconds, or
 * with a unit. A span whose ids or times are none has a mistake and is no row.
 */
final class SpanFields {

  private static final long NANOS_PER_MICRO = 1_000;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final JsonParser parser;
  private final JaegerFields fields;
  private JaegerIds.TraceId trace = new JaegerIds.TraceId(0, 0);
  private long id;
  private long parent;
  private int flags;
  private String name = "";
  private List<JaegerSpan.Reference> references = List.of();
  private long startNanos;
  private long durationNanos;
  private List<JaegerTag> tags = List.of();
  private List<JaegerSpan.Log> logs = List.of();
  private List<String> warnings = List.of();
  private String processId = "";
  private JaegerSpan.@Nullable Maker process;
  private String mistake = "";

  SpanFields(JsonParser parser, JaegerFields fields) {
    this.parser = parser;
    this.fields = fields;
  }

  /** The parser is at the span's object. */
  void read() throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw fields.malformed("a span must be an object");
    }
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "traceID", "traceId" -> trace = traceId();
        case "spanID", "spanId" -> id = spanId();
        case "parentSpanID", "parentSpanId" -> parent = spanId();
        case "flags" -> flags = parser.getValueAsInt();
        case "operationName" -> name = fields.text();
        case "references" -> references = references();
        case "startTime" -> startNanos = time();
        case "duration" -> durationNanos = duration();
        case "tags" -> tags = fields.tags();
        case "logs" -> logs = logs();
        case "warnings" -> warnings = fields.texts();
        case "processID", "processId" -> processId = fields.text();
        case "process" ->
            process = parser.currentToken() == JsonToken.VALUE_NULL ? null : fields.process();
        default -> parser.skipChildren();
      }
    }
    if ((trace.high() | trace.low()) == 0 || id == 0) {
      mistake("a span needs a trace id and a span id that are not zero");
    }
  }

  /** Why it is no row; "" if it is one. */
  String mistake() {
    return mistake;
  }

  String processId() {
    return processId;
  }

  /** Who made it, where it says so itself. */
  JaegerSpan.@Nullable Maker process() {
    return process;
  }

  JaegerSpan span() {
    return new JaegerSpan(
        trace.high(),
        trace.low(),
        id,
        parent,
        flags,
        name,
        references,
        startNanos,
        durationNanos,
        tags,
        logs,
        warnings);
  }

  private void mistake(String text) {
    mistake = mistake.isEmpty() ? text : mistake;
  }

  private JaegerIds.TraceId traceId() throws IOException {
    try {
      return JaegerIds.parseTrace(fields.text());
    } catch (IllegalArgumentException e) {
      mistake("a trace id cannot be read: " + e.getMessage());
      return new JaegerIds.TraceId(0, 0);
    }
  }

  private long spanId() throws IOException {
    try {
      return JaegerIds.parseSpan(fields.text());
    } catch (IllegalArgumentException e) {
      mistake(String.valueOf(e.getMessage()));
      return 0;
    }
  }

  private List<JaegerSpan.Reference> references() throws IOException {
    List<JaegerSpan.Reference> found = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return found;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      boolean childOf = true;
      JaegerIds.TraceId of = trace;
      long span = 0;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "refType" -> childOf = !fields.text().equals("FOLLOWS_FROM");
          case "traceID", "traceId" -> of = traceId();
          case "spanID", "spanId" -> span = spanId();
          default -> parser.skipChildren();
        }
      }
      found.add(new JaegerSpan.Reference(childOf, of.high(), of.low(), span));
    }
    return found;
  }

  private List<JaegerSpan.Log> logs() throws IOException {
    List<JaegerSpan.Log> found = new ArrayList<>();
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      parser.skipChildren();
      return found;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      long time = 0;
      List<JaegerTag> values = List.of();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "timestamp" -> time = time();
          case "fields" -> values = fields.tags();
          default -> parser.skipChildren();
        }
      }
      found.add(new JaegerSpan.Log(time, values));
    }
    return found;
  }

  private long time() throws IOException {
    try {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        Instant instant = OffsetDateTime.parse(parser.getText()).toInstant();
        return Math.addExact(
            Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
      }
      return Math.multiplyExact(parser.getValueAsLong(), NANOS_PER_MICRO);
    } catch (DateTimeException | ArithmeticException e) {
      mistake("a time must be microseconds since the epoch or RFC 3339: " + e.getMessage());
      return 0;
    }
  }

  private long duration() throws IOException {
    try {
      if (parser.currentToken() == JsonToken.VALUE_STRING) {
        return DurationForm.GO.parse(parser.getText()).toNanos();
      }
      return Math.multiplyExact(parser.getValueAsLong(), NANOS_PER_MICRO);
    } catch (IllegalArgumentException | ArithmeticException e) {
      mistake("a duration must be microseconds, or have a unit: " + e.getMessage());
      return 0;
    }
  }
}
