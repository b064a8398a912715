package io.ghostworks.wire.tracefile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.wire.WireFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;

/**
 * Makes OTLP's JSON of a trace as Tempo's API answers it: resources in {@code batches}, or all in
 * {@code trace}, ids in base64, old names of scopes.
 *
 * <p>Source: grafana/tempo pkg/tempopb, tempo.proto and trace/v1, as protobuf's JSON mapping prints
 * them.
 */
final class TempoJson {

  private static final Set<String> IDS = Set.of("traceId", "spanId", "parentSpanId");
  private static final int ID_BYTES = 8;
  private static final int TRACE_ID_BYTES = 16;

  private TempoJson() {}

  static byte[] toOtlp(JsonFactory factory, byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(content.length);
    try (JsonParser parser = factory.createParser(content);
        JsonGenerator json = factory.createGenerator(out)) {
      parser.nextToken();
      document(parser, json);
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
    return out.toByteArray();
  }

  /** Only what is of the trace; the API's answer says more. */
  private static void document(JsonParser parser, JsonGenerator json) throws IOException {
    boolean found = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (name.equals("trace") && value == JsonToken.START_OBJECT && !found) {
        copy(parser, json);
        found = true;
      } else if ((name.equals("batches") || name.equals("resourceSpans")) && !found) {
        json.writeStartObject();
        json.writeFieldName("resourceSpans");
        copy(parser, json);
        json.writeEndObject();
        found = true;
      } else {
        parser.skipChildren();
      }
    }
    if (!found) {
      json.writeStartObject();
      json.writeEndObject();
    }
  }

  private static void copy(JsonParser parser, JsonGenerator json) throws IOException {
    int depth = 0;
    do {
      JsonToken token = parser.currentToken();
      if (token == null) {
        throw new WireFormatException(
            "malformed JSON: it ends too early", parser.currentLocation().getByteOffset());
      }
      if (token == JsonToken.FIELD_NAME) {
        json.writeFieldName(renamed(parser.currentName()));
      } else if (token == JsonToken.VALUE_STRING && IDS.contains(parser.currentName())) {
        json.writeString(hex(parser.getText()));
      } else {
        json.copyCurrentEvent(parser);
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth > 0) {
        parser.nextToken();
      }
    } while (depth > 0);
  }

  private static String renamed(String name) {
    return switch (name) {
      case "batches" -> "resourceSpans";
      case "instrumentationLibrarySpans" -> "scopeSpans";
      case "instrumentationLibrary" -> "scope";
      default -> name;
    };
  }

  /** An id in base64 as hexadecimal text; what is none stays as it is. */
  private static String hex(String id) {
    try {
      byte[] bytes = Base64.getDecoder().decode(id);
      return bytes.length == ID_BYTES || bytes.length == TRACE_ID_BYTES
          ? HexFormat.of().formatHex(bytes)
          : id;
    } catch (IllegalArgumentException e) {
      return id; // The reader of OTLP tells what is wrong with it.
    }
  }
}
