package io.ghostworks.wire.tracefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.jaeger.json.JaegerJson;
import io.ghostworks.wire.otlp.OtlpDecoder;
import io.ghostworks.wire.otlp.OtlpEncoding;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.zipkin.ZipkinDecoder;
import io.ghostworks.wire.zipkin.ZipkinVersion;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * A file of traces, whichever form it has: OTLP as JSON or protobuf, an answer of Tempo's API,
 * Jaeger's JSON, or Zipkin's of version 1 or 2. JSON is told by the fields of its first object.
 *
 * @param spans those that are well-formed, with what was refused
 */
public record TraceFile(TraceFormat format, Decoded<SpanBatch> spans) {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(100)
                  .maxStringLength(64 << 20)
                  .build())
          .build();

  /**
   * Reads a file.
   *
   * @param nowNanos when spans of Zipkin begin that tell no time
   * @throws WireFormatException if it has none of the forms
   */
  public static TraceFile read(byte[] content, long nowNanos) {
    if (!isJson(content)) {
      return new TraceFile(
          TraceFormat.OTLP,
          new OtlpDecoder(OtlpLimits.DEFAULT)
              .traces(OtlpEncoding.PROTOBUF, content, 0, content.length));
    }
    TraceFormat format = formatOf(content);
    return new TraceFile(
        format,
        switch (format) {
          case OTLP -> {
            byte[] otlp = isOfTempo(content) ? TempoJson.toOtlp(JSON, content) : content;
            yield new OtlpDecoder(OtlpLimits.DEFAULT)
                .traces(OtlpEncoding.JSON, otlp, 0, otlp.length);
          }
          case JAEGER -> JaegerJson.read(content, 0, content.length);
          case ZIPKIN ->
              new ZipkinDecoder(OtlpLimits.DEFAULT, false)
                  .json(ZipkinVersion.EITHER, content, 0, content.length, nowNanos);
        });
  }

  /** A message of OTLP begins with a tag that is a line feed, and its length never is JSON's. */
  private static boolean isJson(byte[] content) {
    for (byte b : content) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return b == '{' || b == '[';
      }
    }
    return false;
  }

  private static TraceFormat formatOf(byte[] content) {
    Set<String> fields = fieldsOfFirstObject(content);
    if (fields.contains("resourceSpans")
        || fields.contains("resource_spans")
        || isOfTempo(fields)) {
      return TraceFormat.OTLP;
    }
    if (fields.contains("data")
        || fields.contains("spans")
        || fields.contains("traceID")
        || fields.contains("processes")) {
      return TraceFormat.JAEGER;
    }
    if (fields.contains("traceId") || fields.isEmpty()) {
      return TraceFormat.ZIPKIN;
    }
    throw new WireFormatException(
        "a file of traces must be OTLP, Jaeger's JSON or Zipkin's; this JSON has none of their"
            + " fields",
        WireFormatException.NOWHERE);
  }

  private static boolean isOfTempo(byte[] content) {
    return isOfTempo(fieldsOfFirstObject(content));
  }

  private static boolean isOfTempo(Set<String> fields) {
    return fields.contains("batches") || fields.contains("trace");
  }

  private static Set<String> fieldsOfFirstObject(byte[] content) {
    Set<String> fields = new HashSet<>();
    try (JsonParser parser = JSON.createParser(content)) {
      JsonToken token = parser.nextToken();
      while (token == JsonToken.START_ARRAY) {
        token = parser.nextToken();
      }
      if (token == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          fields.add(parser.currentName());
          parser.nextToken();
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + JsonMistake.text(e), e);
    }
    return fields;
  }
}
