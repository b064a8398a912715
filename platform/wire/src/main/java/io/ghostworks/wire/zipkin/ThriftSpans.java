package io.ghostworks.wire.zipkin;

import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.thrift.ThriftReader;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list of spans of version 1 in Thrift's binary protocol.
 *
 * <p>Source: jaeger-idl thrift/zipkincore.thrift; typed values as by
 * opentelemetry-collector-contrib pkg/translator/zipkin/zipkinv1.
 */
final class ThriftSpans {
  private static final int TRACE_ID = 1 << 4 | ThriftReader.I64;
  private static final int NAME = 3 << 4 | ThriftReader.STRING;
  private static final int ID = 4 << 4 | ThriftReader.I64;
  private static final int PARENT_ID = 5 << 4 | ThriftReader.I64;
  private static final int ANNOTATIONS = 6 << 4 | ThriftReader.LIST;
  private static final int BINARY_ANNOTATIONS = 8 << 4 | ThriftReader.LIST;
  private static final int DEBUG = 9 << 4 | ThriftReader.BOOL;
  private static final int TIMESTAMP = 10 << 4 | ThriftReader.I64;
  private static final int DURATION = 11 << 4 | ThriftReader.I64;
  private static final int TRACE_ID_HIGH = 12 << 4 | ThriftReader.I64;
  private static final int ANNOTATION_TIME = 1 << 4 | ThriftReader.I64;
  private static final int ANNOTATION_VALUE = 2 << 4 | ThriftReader.STRING;
  private static final int ANNOTATION_HOST = 3 << 4 | ThriftReader.STRUCT;
  private static final int KEY = 1 << 4 | ThriftReader.STRING;
  private static final int VALUE = 2 << 4 | ThriftReader.STRING;
  private static final int TYPE = 3 << 4 | ThriftReader.I32;
  private static final int HOST = 4 << 4 | ThriftReader.STRUCT;
  private static final int IPV4 = 1 << 4 | ThriftReader.I32;
  private static final int PORT = 2 << 4 | ThriftReader.I16;
  private static final int SERVICE = 3 << 4 | ThriftReader.STRING;
  private static final int IPV6 = 4 << 4 | ThriftReader.STRING;

  private final ThriftReader reader;
  private final BatchTables tables;
  private final V1Rows rows;

  ThriftSpans(ThriftReader reader, BatchTables tables, V1Rows rows) {
    this.reader = reader;
    this.tables = tables;
    this.rows = rows;
  }

  void read() {
    int size = reader.listSize();
    if (size > 0 && reader.elementType() != ThriftReader.STRUCT) {
      throw reader.malformed("the body must be a list of spans");
    }
    for (int i = 0; i < size; i++) {
      if (tables.hasRoom()) {
        span();
      } else {
        reader.skip(ThriftReader.STRUCT);
      }
    }
  }

  private void span() {
    long traceIdHigh = 0;
    long traceIdLow = 0;
    long id = 0;
    long parentId = 0;
    String name = "";
    long timestamp = 0;
    long duration = 0;
    boolean debug = false;
    List<V1Span.Annotation> annotations = new ArrayList<>();
    List<V1Span.BinaryAnnotation> binaryAnnotations = new ArrayList<>();
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case TRACE_ID -> traceIdLow = reader.i64();
        case NAME -> name = text();
        case ID -> id = reader.i64();
        case PARENT_ID -> parentId = reader.i64();
        case ANNOTATIONS -> annotations(annotations);
        case BINARY_ANNOTATIONS -> binaryAnnotations(binaryAnnotations);
        case DEBUG -> debug = reader.bool();
        case TIMESTAMP -> timestamp = reader.i64();
        case DURATION -> duration = reader.i64();
        case TRACE_ID_HIGH -> traceIdHigh = reader.i64();
        default -> reader.skip();
      }
    }
    reader.leave();
    if ((traceIdHigh | traceIdLow) == 0 || id == 0) {
      tables.refuse("trace_id and id must not be zero");
      return;
    }
    rows.add(
        new V1Span(
            traceIdHigh,
            traceIdLow,
            id,
            parentId,
            name,
            timestamp,
            duration,
            debug,
            annotations,
            binaryAnnotations));
  }

  private int structs() {
    int size = reader.listSize();
    if (size > 0 && reader.elementType() != ThriftReader.STRUCT) {
      throw reader.malformed("annotations must be structs");
    }
    return size;
  }

  private void annotations(List<V1Span.Annotation> into) {
    for (int left = structs(); left > 0; left--) {
      tables.budget().take(1);
      long time = 0;
      String value = "";
      Endpoint host = null;
      reader.enter();
      while (reader.next()) {
        switch (reader.key()) {
          case ANNOTATION_TIME -> time = reader.i64();
          case ANNOTATION_VALUE -> value = text();
          case ANNOTATION_HOST -> host = endpoint();
          default -> reader.skip();
        }
      }
      reader.leave();
      into.add(new V1Span.Annotation(time, value, host));
    }
  }

  private void binaryAnnotations(List<V1Span.BinaryAnnotation> into) {
    for (int left = structs(); left > 0; left--) {
      tables.budget().take(1);
      String key = "";
      byte[] value = new byte[0];
      int type = 0;
      Endpoint host = null;
      reader.enter();
      while (reader.next()) {
        switch (reader.key()) {
          case KEY -> key = text();
          case VALUE -> value = bytes();
          case TYPE -> type = reader.i32();
          case HOST -> host = endpoint();
          default -> reader.skip();
        }
      }
      reader.leave();
      into.add(binaryAnnotation(key, type, value, host));
    }
  }

  private static V1Span.BinaryAnnotation binaryAnnotation(
      String key, int type, byte[] value, @Nullable Endpoint host) {
    ByteBuffer number = ByteBuffer.wrap(value);
    int needed =
        switch (type) {
          case 2 -> Short.BYTES;
          case 3 -> Integer.BYTES;
          case 4, 5 -> Long.BYTES;
          default -> 0;
        };
    if (value.length < needed) {
      return text(key, "<not enough bytes representing the number>", host);
    }
    return switch (type) {
      case 0 -> typed(key, ValueColumn.BOOL, value.length == 1 && value[0] == 1 ? 1 : 0, host);
      case 1 -> text(key, Base64.getEncoder().encodeToString(value), host);
      case 2 -> typed(key, ValueColumn.INT, number.getShort(), host);
      case 3 -> typed(key, ValueColumn.INT, number.getInt(), host);
      case 4 -> typed(key, ValueColumn.INT, number.getLong(), host);
      case 5 -> typed(key, ValueColumn.DOUBLE, number.getLong(), host);
      case 6 -> text(key, new String(value, StandardCharsets.UTF_8), host);
      default -> text(key, "<unknown zipkin v1 binary annotation type (%d)>".formatted(type), host);
    };
  }

  private static V1Span.BinaryAnnotation typed(
      String key, byte type, long number, @Nullable Endpoint host) {
    return new V1Span.BinaryAnnotation(key, type, number, "", host);
  }

  private static V1Span.BinaryAnnotation text(String key, String text, @Nullable Endpoint host) {
    return new V1Span.BinaryAnnotation(key, ValueColumn.STRING, 0, text, host);
  }

  private @Nullable Endpoint endpoint() {
    String ipv4 = "";
    String ipv6 = "";
    String service = "";
    int port = 0;
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case IPV4 -> {
          int address = reader.i32();
          ipv4 = address == 0 ? "" : IpText.ipv4(address);
        }
        case PORT -> port = reader.i16() & 0xffff;
        case SERVICE -> service = text();
        case IPV6 -> {
          byte[] address = bytes();
          ipv6 = address.length == 16 ? IpText.of(address, 0, address.length) : "";
        }
        default -> reader.skip();
      }
    }
    reader.leave();
    Endpoint endpoint = new Endpoint(service, ipv4, ipv6, port);
    return endpoint.isEmpty() ? null : endpoint;
  }

  private String text() {
    int length = reader.length();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }

  private byte[] bytes() {
    int length = reader.length();
    byte[] copy =
        java.util.Arrays.copyOfRange(reader.bytes(), reader.position(), reader.position() + length);
    reader.skipBytes(length);
    return copy;
  }
}
