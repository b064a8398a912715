package io.ghostworks.wire.jaeger;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.proto.ProtoReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code PostSpansRequest}. The process of a batch may follow its spans, and a span may
 * have one of its own, which counts then.
 *
 * <p>Source: jaeger-idl proto/api_v2/collector.proto and model.proto.
 */
final class ProtobufSpans {
  private static final int BATCH = 1 << 3 | ProtoReader.BYTES;
  private static final int BATCH_SPAN = 1 << 3 | ProtoReader.BYTES;
  private static final int BATCH_PROCESS = 2 << 3 | ProtoReader.BYTES;
  private static final int TRACE_ID = 1 << 3 | ProtoReader.BYTES;
  private static final int SPAN_ID = 2 << 3 | ProtoReader.BYTES;
  private static final int OPERATION = 3 << 3 | ProtoReader.BYTES;
  private static final int REFERENCE = 4 << 3 | ProtoReader.BYTES;
  private static final int FLAGS = 5 << 3 | ProtoReader.VARINT;
  private static final int START = 6 << 3 | ProtoReader.BYTES;
  private static final int DURATION = 7 << 3 | ProtoReader.BYTES;
  private static final int TAG = 8 << 3 | ProtoReader.BYTES;
  private static final int LOG = 9 << 3 | ProtoReader.BYTES;
  private static final int SPAN_PROCESS = 10 << 3 | ProtoReader.BYTES;
  private static final int REFERENCE_TYPE = 3 << 3 | ProtoReader.VARINT;
  private static final int SERVICE = 1 << 3 | ProtoReader.BYTES;
  private static final int PROCESS_TAG = 2 << 3 | ProtoReader.BYTES;
  private static final int LOG_TIME = 1 << 3 | ProtoReader.BYTES;
  private static final int LOG_FIELD = 2 << 3 | ProtoReader.BYTES;
  private static final int SECONDS = 1 << 3 | ProtoReader.VARINT;
  private static final int NANOS = 2 << 3 | ProtoReader.VARINT;
  private static final int KEY = 1 << 3 | ProtoReader.BYTES;
  private static final int TYPE = 2 << 3 | ProtoReader.VARINT;
  private static final int TEXT = 3 << 3 | ProtoReader.BYTES;
  private static final int BOOL = 4 << 3 | ProtoReader.VARINT;
  private static final int INT = 5 << 3 | ProtoReader.VARINT;
  private static final int DOUBLE = 6 << 3 | ProtoReader.FIXED64;
  private static final int BINARY = 7 << 3 | ProtoReader.BYTES;
  private static final int TRACE_ID_BYTES = 16;
  private static final int ID_BYTES = 8;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ProtoReader reader;
  private final SpanRows rows;
  private final Map<ByteBuffer, Integer> processes = new HashMap<>();
  private @Nullable String problem;
  private long idHigh;
  private long idLow;

  ProtobufSpans(byte[] body, int offset, int length, OtlpLimits limits) {
    reader = new ProtoReader(body, offset, length);
    rows = new SpanRows(body, limits);
  }

  Decoded<SpanBatch> read() {
    while (reader.next()) {
      if (reader.tag() == BATCH) {
        int outer = reader.enter();
        batch();
        reader.leave(outer);
      } else {
        reader.skip();
      }
    }
    return rows.decoded();
  }

  private void batch() {
    int start = reader.position();
    int process = -1;
    while (reader.next()) {
      if (reader.tag() == BATCH_PROCESS) {
        process = process();
      } else {
        reader.skip();
      }
    }
    reader.rewind(start);
    while (reader.next()) {
      if (reader.tag() == BATCH_SPAN && rows.hasRoom()) {
        span(process);
      } else {
        reader.skip();
      }
    }
  }

  /** The resource of the process at the current field; equal processes share one. */
  private int process() {
    int outer = reader.enter();
    int start = reader.position();
    ByteBuffer content = ByteBuffer.wrap(reader.bytes(), start, reader.limit() - start);
    Integer known = processes.get(content);
    if (known == null) {
      long service = ByteArena.EMPTY;
      rows.tags().clear();
      while (reader.next()) {
        switch (reader.tag()) {
          case SERVICE -> service = slice();
          case PROCESS_TAG -> keyValue(rows.tags());
          default -> reader.skip();
        }
      }
      known = rows.endProcess(service);
      processes.put(content, known);
    }
    reader.leave(outer);
    return known;
  }

  private void span(int batchProcess) {
    int outer = reader.enter();
    int resource = ownProcess();
    if (resource < 0) {
      resource = batchProcess < 0 ? rows.noProcess() : batchProcess;
    }
    rows.beginSpan();
    problem = null;
    while (reader.next()) {
      switch (reader.tag()) {
        case TRACE_ID -> {
          traceId();
          rows.traceIdHigh = idHigh;
          rows.traceIdLow = idLow;
        }
        case SPAN_ID -> rows.spanId = spanId();
        case OPERATION -> rows.name = slice();
        case REFERENCE -> reference();
        case FLAGS -> rows.flags = (int) reader.varint();
        case START -> rows.startNanos = time();
        case DURATION -> rows.durationNanos = time();
        case TAG -> keyValue(rows.tags());
        case LOG -> log();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    rows.endSpan(resource, problem);
  }

  /** The resource of a span's own process, or −1: read before its tags, which use the same list. */
  private int ownProcess() {
    int start = reader.position();
    int resource = -1;
    while (reader.next()) {
      if (reader.tag() == SPAN_PROCESS) {
        resource = process();
      } else {
        reader.skip();
      }
    }
    reader.rewind(start);
    return resource;
  }

  private void traceId() {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    idHigh = length == TRACE_ID_BYTES ? (long) LONGS.get(reader.bytes(), at) : 0;
    idLow =
        switch (length) {
          case TRACE_ID_BYTES -> (long) LONGS.get(reader.bytes(), at + ID_BYTES);
          case ID_BYTES -> (long) LONGS.get(reader.bytes(), at);
          default -> 0;
        };
    if (length != 0 && length != TRACE_ID_BYTES && length != ID_BYTES) {
      problem = "trace_id must have 16 or 8 bytes, got %d".formatted(length);
    }
  }

  private long spanId() {
    int length = reader.length();
    int at = reader.position();
    reader.skipBytes(length);
    if (length != ID_BYTES) {
      problem = length == 0 ? problem : "span_id must have 8 bytes, got %d".formatted(length);
      return 0;
    }
    return (long) LONGS.get(reader.bytes(), at);
  }

  private void reference() {
    int outer = reader.enter();
    idHigh = 0;
    idLow = 0;
    long span = 0;
    int type = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case TRACE_ID -> traceId();
        case SPAN_ID -> span = spanId();
        case REFERENCE_TYPE -> type = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    rows.reference(type, idHigh, idLow, span);
  }

  private void log() {
    int outer = reader.enter();
    long time = 0;
    rows.beginLog();
    while (reader.next()) {
      switch (reader.tag()) {
        case LOG_TIME -> time = time();
        case LOG_FIELD -> keyValue(rows.fields());
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    rows.endLog(time);
  }

  private void keyValue(TagList into) {
    int outer = reader.enter();
    long key = ByteArena.EMPTY;
    int type = 0;
    long text = ByteArena.EMPTY;
    long bool = 0;
    long whole = 0;
    long real = 0;
    long binary = ByteArena.EMPTY;
    while (reader.next()) {
      switch (reader.tag()) {
        case KEY -> key = slice();
        case TYPE -> type = (int) reader.varint();
        case TEXT -> text = slice();
        case BOOL -> bool = reader.varint() != 0 ? 1 : 0;
        case INT -> whole = reader.varint();
        case DOUBLE -> real = reader.fixed64();
        case BINARY -> binary = slice();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    switch (type) {
      case 0 -> into.add(key, ValueColumn.STRING, text);
      case 1 -> into.add(key, ValueColumn.BOOL, bool);
      case 2 -> into.add(key, ValueColumn.INT, whole);
      case 3 -> into.add(key, ValueColumn.DOUBLE, real);
      case 4 -> into.add(key, ValueColumn.BYTES, binary);
      default -> into.add(key, TagList.UNKNOWN_TYPE, type);
    }
  }

  /** A {@code Timestamp} or {@code Duration} in nanoseconds. */
  private long time() {
    int outer = reader.enter();
    long seconds = 0;
    long nanos = 0;
    while (reader.next()) {
      switch (reader.tag()) {
        case SECONDS -> seconds = reader.varint();
        case NANOS -> nanos = (int) reader.varint();
        default -> reader.skip();
      }
    }
    reader.leave(outer);
    long max = Long.MAX_VALUE / NANOS_PER_SECOND;
    return SpanRows.sum(Math.clamp(seconds, -max, max) * NANOS_PER_SECOND, nanos);
  }

  private long slice() {
    int length = reader.length();
    long slice = ByteArena.slice(reader.position(), length);
    reader.skipBytes(length);
    return slice;
  }
}
