package io.ghostworks.wire.zipkin;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes spans of version 2 as JSON, with the fields in the order in which Zipkin writes them. */
public final class ZipkinJson {

  private static final HexFormat HEX = HexFormat.of();

  private ZipkinJson() {}

  /** The spans of a batch as a list. */
  public static byte[] spans(SpanBatch batch) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    StoredSpans spans = new StoredSpans(batch);
    try (JsonGenerator json = generator(out)) {
      json.writeStartArray();
      for (int row = 0; row < batch.rows(); row++) {
        write(json, spans.span(row));
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON cannot be written to memory", e);
    }
    return out.toByteArray();
  }

  /** A trace id as Zipkin shows it: 32 digits, or 16 where the upper half is zero. */
  public static String traceId(long high, long low) {
    return high == 0 ? HEX.toHexDigits(low) : HEX.toHexDigits(high) + HEX.toHexDigits(low);
  }

  /** Writes JSON to a stream. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return JsonAttributes.JSON.createGenerator(out);
  }

  /** Writes a span. */
  public static void write(JsonGenerator json, ZipkinSpan span) throws IOException {
    json.writeStartObject();
    json.writeStringField("traceId", traceId(span.traceIdHigh(), span.traceIdLow()));
    if (span.parentId() != 0) {
      json.writeStringField("parentId", HEX.toHexDigits(span.parentId()));
    }
    json.writeStringField("id", HEX.toHexDigits(span.id()));
    text(json, "kind", span.kind());
    text(json, "name", span.name());
    number(json, "timestamp", span.timestampMicros());
    number(json, "duration", span.durationMicros());
    endpoint(json, "localEndpoint", span.local());
    endpoint(json, "remoteEndpoint", span.remote());
    if (!span.annotations().isEmpty()) {
      json.writeArrayFieldStart("annotations");
      for (ZipkinSpan.Annotation annotation : span.annotations()) {
        json.writeStartObject();
        json.writeNumberField("timestamp", annotation.timestampMicros());
        json.writeStringField("value", annotation.value());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!span.tags().isEmpty()) {
      json.writeObjectFieldStart("tags");
      for (Map.Entry<String, String> tag : span.tags().entrySet()) {
        json.writeStringField(tag.getKey(), tag.getValue());
      }
      json.writeEndObject();
    }
    flag(json, "debug", span.debug());
    flag(json, "shared", span.shared());
    json.writeEndObject();
  }

  private static void endpoint(JsonGenerator json, String name, @Nullable Endpoint endpoint)
      throws IOException {
    if (endpoint == null || endpoint.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart(name);
    text(json, "serviceName", endpoint.serviceName());
    text(json, "ipv4", endpoint.ipv4());
    text(json, "ipv6", endpoint.ipv6());
    number(json, "port", endpoint.port());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void number(JsonGenerator json, String name, long number) throws IOException {
    if (number != 0) {
      json.writeNumberField(name, number);
    }
  }

  private static void flag(JsonGenerator json, String name, boolean flag) throws IOException {
    if (flag) {
      json.writeBooleanField(name, true);
    }
  }
}
