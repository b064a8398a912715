package io.ghostworks.wire.zipkin;

import io.ghostworks.wire.proto.ProtoReader;
import io.ghostworks.wire.zipkin.ZipkinSpan.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code ListOfSpans} of version 2.
 *
 * <p>Source: openzipkin/zipkin-api zipkin.proto.
 */
final class ProtobufSpans {
  private static final int SPAN = 1 << 3 | ProtoReader.BYTES;
  private static final int TRACE_ID = 1 << 3 | ProtoReader.BYTES;
  private static final int PARENT_ID = 2 << 3 | ProtoReader.BYTES;
  private static final int ID = 3 << 3 | ProtoReader.BYTES;
  private static final int KIND = 4 << 3 | ProtoReader.VARINT;
  private static final int NAME = 5 << 3 | ProtoReader.BYTES;
  private static final int TIMESTAMP = 6 << 3 | ProtoReader.FIXED64;
  private static final int DURATION = 7 << 3 | ProtoReader.VARINT;
  private static final int LOCAL = 8 << 3 | ProtoReader.BYTES;
  private static final int REMOTE = 9 << 3 | ProtoReader.BYTES;
  private static final int ANNOTATION = 10 << 3 | ProtoReader.BYTES;
  private static final int TAG = 11 << 3 | ProtoReader.BYTES;
  private static final int DEBUG = 12 << 3 | ProtoReader.VARINT;
  private static final int SHARED = 13 << 3 | ProtoReader.VARINT;
  private static final int SERVICE = 1 << 3 | ProtoReader.BYTES;
  private static final int IPV4 = 2 << 3 | ProtoReader.BYTES;
  private static final int IPV6 = 3 << 3 | ProtoReader.BYTES;
  private static final int PORT = 4 << 3 | ProtoReader.VARINT;
  private static final int ANNOTATION_TIME = 1 << 3 | ProtoReader.FIXED64;
  private static final int ANNOTATION_VALUE = 2 << 3 | ProtoReader.BYTES;
  private static final int TAG_KEY = 1 << 3 | ProtoReader.BYTES;
  private static final int TAG_VALUE = 2 << 3 | ProtoReader.BYTES;
  private static final String[] KINDS = {"", "CLIENT", "SERVER", "PRODUCER", "CONSUMER"};

  private final ProtoReader reader;
  private final BatchTables tables;
  private final V2Rows rows;
  private @Nullable String problem;
  private long idHigh;
  private long idLow;

  ProtobufSpans(ProtoReader reader, BatchTables tables, V2Rows rows) {
    this.reader = reader;
    this.tables = tables;
    this.rows = rows;
  }

  void read() {
    while (reader.next()) {
      if (reader.tag() == SPAN && tables.hasRoom()) {
        span();
      } else {
        reader.skip();
      }
    }
  }

  private void span() {
    int outer = reader.enter();
    long traceIdHigh = 0;
    long traceIdLow = 0;
    long id = 0;
    long parentId = 0;
    int kind = 0;
    String name = "";
    long timestamp = 0;
    long duration = 0;
    Endpoint local = null;
    Endpoint remote = null;
    List<ZipkinSpan.Annotation> annotations = new ArrayList<>();
    Map<String, String> tags = new LinkedHashMap<>();
    boolean debug = false;
    boolean shared = false;
    problem = null;
    while (reader.next()) {
      switch (reader.tag()) {
        case TRACE_ID -> {
          readId("trace_id", 16);
          traceIdHigh = idHigh;
          traceIdLow = idLow;
        }
        case PARENT_ID -> {
          readId("parent_id", 8);
          parentId = idLow;
        }
        case ID -> {
          readId("id", 8);
          id = idLow;
        }
        case KIND -> kind = (int) reader.varint();
        case NAME -> name = text();
        case TIMESTAMP -> timestamp = reader.fixed64();
        case DURATION -> duration = reader.varint();
        case LOCAL -> local = endpoint();
        case REMOTE -> remote = endpoint();
        case ANNOTATION -> annotations.add(annotation());
        case TAG -> tag(tags);
        case DEBUG -> debug = reader.varint() != 0;
        case SHARED -> shared = reader.varint() != 0;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    if (problem == null && (traceIdHigh | traceIdLow) == 0) {
      problem = "trace_id must not be all zeros";
    }
    if (problem == null && id == 0) {
      problem = "id must not be all zeros";
    }
    if (problem != null) {
      tables.refuse(problem);
      return;
    }
    rows.add(
        new ZipkinSpan(
            traceIdHigh,
            traceIdLow,
            id,
            parentId,
            kind > 0 && kind < KINDS.length ? KINDS[kind] : "",
            name,
            timestamp,
            duration,
            local,
            remote,
            annotations,
            tags,
            debug,
            shared));
  }

  /** An id of 8 bytes, or of 16 where it may be so long. */
  private void readId(String field, int bytesMax) {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    idHigh = 0;
    idLow = 0;
    if (length != 0 && length != 8 && length != bytesMax) {
      problem =
          "%s must have %s8 bytes, got %d".formatted(field, bytesMax == 16 ? "16 or " : "", length);
      return;
    }
    for (int i = 0; i < length; i++) {
      idHigh = idHigh << 8 | idLow >>> 56;
      idLow = idLow << 8 | (reader.bytes()[at + i] & 0xff);
    }
  }

  private @Nullable Endpoint endpoint() {
    int outer = reader.enter();
    String service = "";
    String ipv4 = "";
    String ipv6 = "";
    int port = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SERVICE -> service = text();
        case IPV4 -> ipv4 = ip(4);
        case IPV6 -> ipv6 = ip(16);
        case PORT -> port = (int) reader.varint() & 0xffff;
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    Endpoint endpoint = new Endpoint(service, ipv4, ipv6, port);
    return endpoint.isEmpty() ? null : endpoint;
  }

  private String ip(int bytes) {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    return length == bytes ? IpText.of(reader.bytes(), at, length) : "";
  }

  private ZipkinSpan.Annotation annotation() {
    tables.budget().take(1);
    int outer = reader.enter();
    long timestamp = 0;
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case ANNOTATION_TIME -> timestamp = reader.fixed64();
        case ANNOTATION_VALUE -> value = text();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    return new ZipkinSpan.Annotation(timestamp, value);
  }

  private void tag(Map<String, String> tags) {
    tables.budget().take(1);
    int outer = reader.enter();
    String key = "";
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case TAG_KEY -> key = text();
        case TAG_VALUE -> value = text();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    tags.put(key, value);
  }

  private String text() {
    int length = reader.textLength();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }
}
