package io.ghostworks.server.jaeger;

import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request of version 3 over gRPC. Texts, times and durations by their number; those of the nested
 * query, the first field of a search, likewise.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v3/query_service.proto.
 */
final class GatewayMessages {

  private static final int QUERY = 1;
  private static final int ATTRIBUTES = 3;
  private static final int START_MIN = 4;
  private static final int START_MAX = 5;
  private static final int DURATION_MIN = 6;
  private static final int DURATION_MAX = 7;
  private static final int SEARCH_DEPTH = 8;
  private static final int FILTER = 10;
  private static final int VARINT_MAX_FIELD = 16;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final byte[] bytes;
  private final int offset;
  private final int length;

  private GatewayMessages(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  static GatewayMessages read(GrpcMessages.Message message) {
    GatewayMessages request =
        new GatewayMessages(message.bytes(), message.offset(), message.length());
    ProtoReader reader = request.reader();
    while (reader.next()) {
      reader.skip(); // Whether it is a message at all.
    }
    return request;
  }

  private ProtoReader reader() {
    return new ProtoReader(bytes, offset, length);
  }

  /** The text of a field, "" where it is missing. */
  String text(int field) {
    ProtoReader reader = reader();
    String text = "";
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(field, ProtoReader.BYTES)) {
        text = text(reader);
      } else {
        reader.skip();
      }
    }
    return text;
  }

  /** A timestamp that must be there, in nanoseconds since the epoch. */
  long time(int field, String name) {
    ProtoReader reader = reader();
    long nanos = 0;
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(field, ProtoReader.BYTES)) {
        nanos = nanos(reader);
      } else {
        reader.skip();
      }
    }
    return required(nanos, name + " is required");
  }

  private static long required(long nanos, String message) {
    if (nanos == 0) {
      throw RequestException.bad(message);
    }
    return nanos;
  }

  /** The search that the request asks. */
  TraceQuery query() {
    try {
      return readQuery();
    } catch (WireFormatException e) {
      throw new RequestException(400, "malformed query: " + e.getMessage(), e);
    }
  }

  private TraceQuery readQuery() {
    Map<Integer, Long> numbers = new HashMap<>();
    Map<Integer, String> texts = new HashMap<>();
    Map<String, String> attributes = new LinkedHashMap<>();
    boolean found = false;
    ProtoReader reader = reader();
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(QUERY, ProtoReader.BYTES)) {
        found = true;
        int outer = reader.enter();
        fields(reader, numbers, texts, attributes);
        reader.leave(outer);
      } else {
        reader.skip();
      }
    }
    if (!found) {
      throw RequestException.bad("missing query");
    }
    return query(numbers, texts, attributes);
  }

  private static TraceQuery query(
      Map<Integer, Long> numbers, Map<Integer, String> texts, Map<String, String> attributes) {
    String needed = "start time min and max are required parameters";
    long depth = numbers.getOrDefault(SEARCH_DEPTH, 0L);
    return new TraceQuery(
        texts.getOrDefault(1, ""),
        texts.getOrDefault(2, ""),
        JaegerParameters.conditions(attributes),
        required(numbers.getOrDefault(START_MIN, 0L), needed),
        required(numbers.getOrDefault(START_MAX, 0L), needed) - 1,
        numbers.getOrDefault(DURATION_MIN, 0L),
        numbers.getOrDefault(DURATION_MAX, 0L),
        depth <= 0
            ? GatewayParameters.LIMIT_DEFAULT
            : (int) Math.min(depth, JaegerParameters.LIMIT_MAX));
  }

  private static void fields(
      ProtoReader reader,
      Map<Integer, Long> numbers,
      Map<Integer, String> texts,
      Map<String, String> attributes) {
    while (reader.next()) {
      int field = reader.field();
      boolean delimited = reader.tag() == ProtoReader.tag(field, ProtoReader.BYTES);
      switch (field) {
        case FILTER -> throw GatewayParameters.filterRefused();
        case ATTRIBUTES -> {
          if (delimited) {
            attribute(reader, attributes);
          } else {
            reader.skip();
          }
        }
        case START_MIN, START_MAX, DURATION_MIN, DURATION_MAX -> {
          if (delimited) {
            numbers.put(field, nanos(reader));
          } else {
            reader.skip();
          }
        }
        default -> {
          if (delimited) {
            texts.put(field, text(reader));
          } else if (field < VARINT_MAX_FIELD
              && reader.tag() == ProtoReader.tag(field, ProtoReader.VARINT)) {
            numbers.put(field, (long) (int) reader.varint());
          } else {
            reader.skip();
          }
        }
      }
    }
  }

  private static void attribute(ProtoReader reader, Map<String, String> attributes) {
    int outer = reader.enter();
    String key = "";
    String value = "";
    while (reader.next()) {
      switch (reader.tag()) {
        case 1 << 3 | ProtoReader.BYTES -> key = text(reader);
        case 2 << 3 | ProtoReader.BYTES -> value = text(reader);
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    attributes.put(key, value);
  }

  /** A timestamp or a duration: seconds and nanoseconds. */
  private static long nanos(ProtoReader reader) {
    int outer = reader.enter();
    long seconds = 0;
    long nanos = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case 1 << 3 | ProtoReader.VARINT -> seconds = reader.varint();
        case 2 << 3 | ProtoReader.VARINT -> nanos = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    try {
      return Math.addExact(Math.multiplyExact(seconds, NANOS_PER_SECOND), nanos);
    } catch (ArithmeticException e) {
      throw new RequestException(
          400, "a time must be within 292 years of 1970, got %d seconds".formatted(seconds), e);
    }
  }

  private static String text(ProtoReader reader) {
    int length = reader.length();
    String text = new String(reader.bytes(), reader.position(), length, StandardCharsets.UTF_8);
    reader.skipBytes(length);
    return text;
  }
}
