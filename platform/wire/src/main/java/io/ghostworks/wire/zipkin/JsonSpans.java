package io.ghostworks.wire.zipkin;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.JsonMistake;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of spans in JSON, of either version. The two have most fields in common, so that one
 * reader takes them all and says where a span has fields of the other version.
 *
 * <p>Source: openzipkin/zipkin-api zipkin-api.yaml and zipkin2-api.yaml.
 */
final class JsonSpans {

  private final JsonParser parser;
  private final BatchTables tables;
  private final V1Rows v1;
  private final V2Rows v2;
  private final ZipkinVersion version;
  private Fields span = new Fields();

  /** What was read of one span. */
  private static final class Fields {
    String traceId = "";
    String id = "";
    String parentId = "";
    String kind = "";
    String name = "";
    long timestamp;
    long duration;
    boolean debug;
    boolean shared;
    @Nullable Endpoint local;
    @Nullable Endpoint remote;
    boolean ofV1;
    boolean ofV2;
    final List<V1Span.Annotation> annotations = new ArrayList<>();
    final List<V1Span.BinaryAnnotation> binaryAnnotations = new ArrayList<>();
    final Map<String, String> tags = new LinkedHashMap<>();
  }

  private JsonSpans(
      JsonParser parser, BatchTables tables, ZipkinVersion version, V1Rows v1, V2Rows v2) {
    this.parser = parser;
    this.tables = tables;
    this.version = version;
    this.v1 = v1;
    this.v2 = v2;
  }

  static void read(
      byte[] body,
      int offset,
      int length,
      ZipkinVersion version,
      BatchTables tables,
      V1Rows v1,
      V2Rows v2) {
    try (JsonParser parser = JsonAttributes.JSON.createParser(body, offset, length)) {
      new JsonSpans(parser, tables, version, v1, v2).list();
    } catch (JsonProcessingException e) {
      throw new WireFormatException(
          "malformed JSON: " + JsonMistake.text(e),
          e.getLocation() == null ? WireFormatException.NOWHERE : e.getLocation().getByteOffset());
    } catch (IOException e) {
      throw new WireFormatException("malformed JSON: " + e.getMessage(), e);
    }
  }

  private void list() throws IOException {
    expect(parser.nextToken(), JsonToken.START_ARRAY, "a list of spans");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      switch (parser.currentToken()) {
        case VALUE_NULL -> {
          // The Collector passes over it.
        }
        case START_ARRAY -> nested(); // A list of traces, as the query API gives them.
        default -> span();
      }
    }
    if (parser.nextToken() != null) {
      throw wrong("the end of the body");
    }
  }

  private void nested() throws IOException {
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      span();
    }
  }

  private void span() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "a span");
    if (!tables.hasRoom()) {
      parser.skipChildren();
      return;
    }
    span = new Fields();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      field(field);
    }
    end();
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "traceId" -> span.traceId = text(field);
      case "id" -> span.id = text(field);
      case "parentId" -> span.parentId = text(field);
      case "name" -> span.name = text(field);
      case "timestamp" -> span.timestamp = number(field);
      case "duration" -> span.duration = number(field);
      case "debug" -> span.debug = bool(field);
      case "annotations" -> annotations();
      case "kind" -> {
        span.kind = text(field);
        span.ofV2 = true;
      }
      case "shared" -> {
        span.shared = bool(field);
        span.ofV2 = true;
      }
      case "localEndpoint" -> {
        span.local = endpoint();
        span.ofV2 = true;
      }
      case "remoteEndpoint" -> {
        span.remote = endpoint();
        span.ofV2 = true;
      }
      case "tags" -> {
        tags();
        span.ofV2 = true;
      }
      case "binaryAnnotations" -> {
        binaryAnnotations();
        span.ofV1 = true;
      }
      default -> parser.skipChildren();
    }
  }

  private void end() {
    boolean other = version == ZipkinVersion.V2 ? span.ofV1 : span.ofV2;
    if (other && version != ZipkinVersion.EITHER) {
      throw new WireFormatException(
          "expected a list of spans of version %s, but this one has fields of version %s: send it to /api/%s/spans"
              .formatted(
                  version == ZipkinVersion.V2 ? "2" : "1",
                  version == ZipkinVersion.V2 ? "1" : "2",
                  version == ZipkinVersion.V2 ? "v1" : "v2"),
          parser.currentLocation().getByteOffset());
    }
    String problem = problem();
    if (problem != null) {
      tables.refuse(problem);
    } else if (version == ZipkinVersion.V1 || (version == ZipkinVersion.EITHER && isV1())) {
      v1.add(
          new V1Span(
              ZipkinIds.high(span.traceId),
              ZipkinIds.low(span.traceId),
              ZipkinIds.low(span.id),
              span.parentId.isEmpty() ? 0 : ZipkinIds.low(span.parentId),
              span.name,
              span.timestamp,
              span.duration,
              span.debug,
              span.annotations,
              span.binaryAnnotations));
    } else {
      v2.add(
          new ZipkinSpan(
              ZipkinIds.high(span.traceId),
              ZipkinIds.low(span.traceId),
              ZipkinIds.low(span.id),
              span.parentId.isEmpty() ? 0 : ZipkinIds.low(span.parentId),
              span.kind,
              span.name,
              span.timestamp,
              span.duration,
              span.local,
              span.remote,
              span.annotations.stream()
                  .map(a -> new ZipkinSpan.Annotation(a.timestampMicros(), a.value()))
                  .toList(),
              span.tags,
              span.debug,
              span.shared));
    }
  }

  /** Only spans of version 1 have endpoints at their annotations. */
  private boolean isV1() {
    return span.ofV1
        || (!span.ofV2 && span.annotations.stream().anyMatch(a -> a.endpoint() != null));
  }

  private @Nullable String problem() {
    if (!ZipkinIds.isHex(span.traceId, 32)) {
      return "traceId must have 1 to 32 lower-hex characters, got '%s'"
          .formatted(shown(span.traceId));
    }
    if ((ZipkinIds.high(span.traceId) | ZipkinIds.low(span.traceId)) == 0) {
      return "traceId must not be all zeros";
    }
    if (!ZipkinIds.isHex(span.id, 16) || ZipkinIds.low(span.id) == 0) {
      return "id must have 1 to 16 lower-hex characters, not all zeros, got '%s'"
          .formatted(shown(span.id));
    }
    if (!span.parentId.isEmpty() && !ZipkinIds.isHex(span.parentId, 16)) {
      return "parentId must have 1 to 16 lower-hex characters, got '%s'"
          .formatted(shown(span.parentId));
    }
    return switch (span.kind) {
      case "", "CLIENT", "SERVER", "PRODUCER", "CONSUMER" -> null;
      default ->
          "kind must be CLIENT, SERVER, PRODUCER or CONSUMER, got '%s'".formatted(shown(span.kind));
    };
  }

  private static String shown(String text) {
    return text.length() > 64 ? text.substring(0, 64) + "…" : text;
  }

  private void annotations() throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "a list of annotations");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      expect(parser.currentToken(), JsonToken.START_OBJECT, "an annotation");
      tables.budget().take(1);
      long timestamp = 0;
      String value = "";
      Endpoint endpoint = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (field) {
          case "timestamp" -> timestamp = number(field);
          case "value" -> value = text(field);
          case "endpoint" -> endpoint = endpoint();
          default -> parser.skipChildren();
        }
      }
      span.annotations.add(new V1Span.Annotation(timestamp, value, endpoint));
    }
  }

  private void binaryAnnotations() throws IOException {
    expect(parser.currentToken(), JsonToken.START_ARRAY, "a list of binary annotations");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      expect(parser.currentToken(), JsonToken.START_OBJECT, "a binary annotation");
      tables.budget().take(1);
      String key = "";
      V1Span.BinaryAnnotation value =
          new V1Span.BinaryAnnotation("", ValueColumn.STRING, 0, "", null);
      Endpoint endpoint = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String field = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_NULL) {
          continue;
        }
        switch (field) {
          case "key" -> key = text(field);
          case "value" -> value = binaryValue();
          case "endpoint" -> endpoint = endpoint();
          default -> parser.skipChildren();
        }
      }
      span.binaryAnnotations.add(
          new V1Span.BinaryAnnotation(key, value.type(), value.number(), value.text(), endpoint));
    }
  }

  private V1Span.BinaryAnnotation binaryValue() throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_STRING ->
          new V1Span.BinaryAnnotation("", ValueColumn.STRING, 0, parser.getText(), null);
      case VALUE_TRUE -> new V1Span.BinaryAnnotation("", ValueColumn.BOOL, 1, "true", null);
      case VALUE_FALSE -> new V1Span.BinaryAnnotation("", ValueColumn.BOOL, 0, "false", null);
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? new V1Span.BinaryAnnotation("", ValueColumn.STRING, 0, parser.getText(), null)
              : new V1Span.BinaryAnnotation(
                  "", ValueColumn.INT, parser.getLongValue(), parser.getText(), null);
      case VALUE_NUMBER_FLOAT ->
          new V1Span.BinaryAnnotation(
              "",
              ValueColumn.DOUBLE,
              Double.doubleToRawLongBits(parser.getDoubleValue()),
              parser.getText(),
              null);
      default -> throw wrong("a text, number or boolean as the value of a binary annotation");
    };
  }

  private void tags() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "an object of tags");
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      tables.budget().take(1);
      if (!parser.nextToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
        throw wrong("a text as the value of the tag '%s'".formatted(shown(key)));
      }
      span.tags.put(key, parser.getText());
    }
  }

  private @Nullable Endpoint endpoint() throws IOException {
    expect(parser.currentToken(), JsonToken.START_OBJECT, "an endpoint");
    String service = "";
    String ipv4 = "";
    String ipv6 = "";
    int port = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      if (parser.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (field) {
        case "serviceName" -> service = text(field);
        case "ipv4", "ipv6" -> {
          String ip = text(field);
          ipv4 = IpText.isIpv4(ip) ? ip : ipv4;
          ipv6 = IpText.isIpv6(ip) ? ip : ipv6;
        }
        case "port" -> {
          long number = number(field);
          if (number < 0 || number > 0xffff) {
            throw wrong("a port from 0 to 65535");
          }
          port = (int) number;
        }
        default -> parser.skipChildren();
      }
    }
    Endpoint endpoint = new Endpoint(service, ipv4, ipv6, port);
    return endpoint.isEmpty() ? null : endpoint;
  }

  private String text(String field) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw wrong("a text as the %s".formatted(field));
    }
    return parser.getText();
  }

  private boolean bool(String field) throws IOException {
    if (!parser.currentToken().isBoolean()) {
      throw wrong("true or false as %s".formatted(field));
    }
    return parser.getBooleanValue();
  }

  /** A whole number; some senders put it between quotes or give it a fraction. */
  private long number(String field) throws IOException {
    return switch (parser.currentToken()) {
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? Long.MAX_VALUE
              : parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> (long) parser.getDoubleValue();
      case VALUE_STRING -> {
        try {
          yield Long.parseLong(parser.getText());
        } catch (NumberFormatException e) {
          throw wrong("a number of microseconds as the %s".formatted(field));
        }
      }
      default -> throw wrong("a number of microseconds as the %s".formatted(field));
    };
  }

  private void expect(@Nullable JsonToken token, JsonToken expected, String what) {
    if (token != expected) {
      throw wrong(what);
    }
  }

  private WireFormatException wrong(String expected) {
    return new WireFormatException(
        "malformed JSON: expected " + expected, parser.currentTokenLocation().getByteOffset());
  }
}
