package io.ghostworks.server.jaeger;

import io.ghostworks.query.record.TraceKey;
import io.ghostworks.server.grpc.GrpcMessages;
import io.ghostworks.server.http.RequestException;
import io.ghostworks.wire.WireFormatException;
import io.ghostworks.wire.proto.ProtoReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request over gRPC, of version 2 or 3. Texts, times and durations by their number; those of the
 * nested query, the first field of a search, likewise: both versions number them alike.
 *
 * <p>Source: jaegertracing/jaeger-idl proto/api_v3/query_service.proto, proto/api_v2/query.proto.
 */
final class GatewayMessages {

  private static final int QUERY = 1;
  private static final int ATTRIBUTES = 3;
  private static final int START_MIN = 4;
  private static final int START_MAX = 5;
  private static final int DURATION_MIN = 6;
  private static final int DURATION_MAX = 7;
  private static final int SEARCH_DEPTH = 8;
  private static final int RAW_TRACES = 9;
  private static final int FILTER = 10;
  private static final int TRACE_ID_BYTES = 16;
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
    return required(time(field), name + " is required");
  }

  /** A timestamp in nanoseconds since the epoch, 0 where it is missing. */
  long time(int field) {
    ProtoReader reader = reader();
    long nanos = 0;
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(field, ProtoReader.BYTES)) {
        nanos = nanos(reader);
      } else {
        reader.skip();
      }
    }
    return nanos;
  }

  /** The trace that the first field names by its bytes. */
  TraceKey traceKey() {
    ProtoReader reader = reader();
    byte[] id = {};
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(1, ProtoReader.BYTES)) {
        int size = reader.length();
        id = Arrays.copyOfRange(reader.bytes(), reader.position(), reader.position() + size);
        reader.skipBytes(size);
      } else {
        reader.skip();
      }
    }
    if (id.length != 0 && id.length != TRACE_ID_BYTES) {
      throw RequestException.bad("trace_id must have 16 bytes, got %d".formatted(id.length));
    }
    ByteBuffer halves = ByteBuffer.wrap(Arrays.copyOf(id, TRACE_ID_BYTES));
    TraceKey key = new TraceKey(halves.getLong(), halves.getLong());
    if ((key.high() | key.low()) == 0) {
      throw RequestException.bad("uninitialized TraceID is not allowed");
    }
    return key;
  }

  /** A truth. */
  boolean truth(int field) {
    return truth(reader(), field);
  }

  private static boolean truth(ProtoReader reader, int field) {
    boolean truth = false;
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(field, ProtoReader.VARINT)) {
        truth = reader.varint() != 0;
      } else {
        reader.skip();
      }
    }
    return truth;
  }

  /** Whether the nested query wants spans as they are stored. */
  boolean rawTraces() {
    ProtoReader reader = reader();
    boolean raw = false;
    while (reader.next()) {
      if (reader.tag() == ProtoReader.tag(QUERY, ProtoReader.BYTES)) {
        int outer = reader.enter();
        raw = truth(reader, RAW_TRACES);
        reader.leave(outer);
      } else {
        reader.skip();
      }
    }
    return raw;
  }

  private static long required(long nanos, String message) {
    if (nanos == 0) {
      throw RequestException.bad(message);
    }
    return nanos;
  }

  /** The search that the request asks, whose times must be there. */
  TraceQuery query() {
    return query(true);
  }

  /**
   * The search that the request asks.
   *
   * @param timed whether its times must be there, and the later one is exclusive, as in version 3
   */
  TraceQuery query(boolean timed) {
    try {
      return readQuery(timed);
    } catch (WireFormatException e) {
      throw new RequestException(400, "malformed query: " + e.getMessage(), e);
    }
  }

  private TraceQuery readQuery(boolean timed) {
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
    return query(numbers, texts, attributes, timed);
  }

  private static TraceQuery query(
      Map<Integer, Long> numbers,
      Map<Integer, String> texts,
      Map<String, String> attributes,
      boolean timed) {
    long depth = numbers.getOrDefault(SEARCH_DEPTH, 0L);
    long min = numbers.getOrDefault(START_MIN, 0L);
    long max = numbers.getOrDefault(START_MAX, 0L);
    if (timed && (min == 0 || max == 0)) {
      throw RequestException.bad("start time min and max are required parameters");
    }
    return new TraceQuery(
        texts.getOrDefault(1, ""),
        texts.getOrDefault(2, ""),
        JaegerParameters.conditions(attributes),
        min,
        timed ? max - 1 : max == 0 ? Long.MAX_VALUE : max,
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
