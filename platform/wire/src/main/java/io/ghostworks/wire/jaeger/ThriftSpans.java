package io.ghostworks.wire.jaeger;

import io.ghostworks.model.column.ByteArena;
import io.ghostworks.model.record.SpanBatch;
import io.ghostworks.model.record.ValueColumn;
import io.ghostworks.wire.Decoded;
import io.ghostworks.wire.otlp.OtlpLimits;
import io.ghostworks.wire.thrift.ThriftReader;

/**
 * Reads a {@code Batch} in either of Thrift's protocols, alone or as the argument of the agent's
 * {@code emitBatch}. The process may follow the spans.
 *
 * <p>Source: jaeger-idl thrift/jaeger.thrift and agent.thrift.
 */
final class ThriftSpans {
  private static final int BATCH = 1 << 4 | ThriftReader.STRUCT;
  private static final int BATCH_PROCESS = 1 << 4 | ThriftReader.STRUCT;
  private static final int BATCH_SPANS = 2 << 4 | ThriftReader.LIST;
  private static final int SERVICE = 1 << 4 | ThriftReader.STRING;
  private static final int PROCESS_TAGS = 2 << 4 | ThriftReader.LIST;
  private static final int TRACE_ID_LOW = 1 << 4 | ThriftReader.I64;
  private static final int TRACE_ID_HIGH = 2 << 4 | ThriftReader.I64;
  private static final int SPAN_ID = 3 << 4 | ThriftReader.I64;
  private static final int PARENT_SPAN_ID = 4 << 4 | ThriftReader.I64;
  private static final int OPERATION = 5 << 4 | ThriftReader.STRING;
  private static final int REFERENCES = 6 << 4 | ThriftReader.LIST;
  private static final int FLAGS = 7 << 4 | ThriftReader.I32;
  private static final int START = 8 << 4 | ThriftReader.I64;
  private static final int DURATION = 9 << 4 | ThriftReader.I64;
  private static final int TAGS = 10 << 4 | ThriftReader.LIST;
  private static final int LOGS = 11 << 4 | ThriftReader.LIST;
  private static final int REFERENCE_TYPE = 1 << 4 | ThriftReader.I32;
  private static final int REFERENCE_LOW = 2 << 4 | ThriftReader.I64;
  private static final int REFERENCE_HIGH = 3 << 4 | ThriftReader.I64;
  private static final int REFERENCE_SPAN = 4 << 4 | ThriftReader.I64;
  private static final int LOG_TIME = 1 << 4 | ThriftReader.I64;
  private static final int LOG_FIELDS = 2 << 4 | ThriftReader.LIST;
  private static final int KEY = 1 << 4 | ThriftReader.STRING;
  private static final int TYPE = 2 << 4 | ThriftReader.I32;
  private static final int TEXT = 3 << 4 | ThriftReader.STRING;
  private static final int REAL = 4 << 4 | ThriftReader.DOUBLE;
  private static final int BOOL = 5 << 4 | ThriftReader.BOOL;
  private static final int WHOLE = 6 << 4 | ThriftReader.I64;
  private static final int BINARY = 7 << 4 | ThriftReader.STRING;
  private static final String EMIT_BATCH = "emitBatch";

  private final ThriftReader reader;
  private final SpanRows rows;

  ThriftSpans(ThriftReader reader, OtlpLimits limits) {
    this.reader = reader;
    this.rows = new SpanRows(reader.bytes(), limits);
  }

  Decoded<SpanBatch> readBatch() {
    batch();
    return rows.decoded();
  }

  Decoded<SpanBatch> readMessage() {
    String method = reader.message();
    if (!method.equals(EMIT_BATCH)) {
      throw reader.malformed(
          "the method must be %s, got '%s'"
              .formatted(EMIT_BATCH, method.length() > 40 ? method.substring(0, 40) : method));
    }
    reader.enter();
    while (reader.next()) {
      if (reader.key() == BATCH) {
        batch();
      } else {
        reader.skip();
      }
    }
    reader.leave();
    return rows.decoded();
  }

  private void batch() {
    int resource = -1;
    int waiting = -1;
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case BATCH_PROCESS -> resource = process();
        case BATCH_SPANS -> {
          if (resource < 0) {
            waiting = reader.position();
            reader.skip();
          } else {
            spans(resource);
          }
        }
        default -> reader.skip();
      }
    }
    reader.leave();
    if (waiting >= 0) {
      int end = reader.position();
      reader.rewind(waiting);
      spans(resource < 0 ? rows.noProcess() : resource);
      reader.rewind(end);
    }
  }

  private int process() {
    long service = ByteArena.EMPTY;
    rows.tags().clear();
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case SERVICE -> service = slice();
        case PROCESS_TAGS -> tags(rows.tags());
        default -> reader.skip();
      }
    }
    reader.leave();
    return rows.endProcess(service);
  }

  /** The number of structs in the list that begins here; a list of other things is skipped. */
  private int structs() {
    int size = reader.listSize();
    int type = reader.elementType();
    if (size == 0 || type == ThriftReader.STRUCT) {
      return size;
    }
    for (int i = 0; i < size; i++) {
      reader.skipElement(type);
    }
    return 0;
  }

  private void spans(int resource) {
    for (int left = structs(); left > 0; left--) {
      if (rows.hasRoom()) {
        span(resource);
      } else {
        reader.skip(ThriftReader.STRUCT);
      }
    }
  }

  private void span(int resource) {
    rows.beginSpan();
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case TRACE_ID_LOW -> rows.traceIdLow = reader.i64();
        case TRACE_ID_HIGH -> rows.traceIdHigh = reader.i64();
        case SPAN_ID -> rows.spanId = reader.i64();
        case PARENT_SPAN_ID -> rows.parentSpanId = reader.i64();
        case OPERATION -> rows.name = slice();
        case REFERENCES -> references();
        case FLAGS -> rows.flags = reader.i32();
        case START -> rows.startNanos = SpanRows.nanos(reader.i64());
        case DURATION -> rows.durationNanos = SpanRows.nanos(reader.i64());
        case TAGS -> tags(rows.tags());
        case LOGS -> logs();
        default -> reader.skip();
      }
    }
    reader.leave();
    rows.endSpan(resource, null);
  }

  private void references() {
    for (int left = structs(); left > 0; left--) {
      int type = 0;
      long low = 0;
      long high = 0;
      long span = 0;
      reader.enter();
      while (reader.next()) {
        switch (reader.key()) {
          case REFERENCE_TYPE -> type = reader.i32();
          case REFERENCE_LOW -> low = reader.i64();
          case REFERENCE_HIGH -> high = reader.i64();
          case REFERENCE_SPAN -> span = reader.i64();
          default -> reader.skip();
        }
      }
      reader.leave();
      rows.reference(type, high, low, span);
    }
  }

  private void logs() {
    for (int left = structs(); left > 0; left--) {
      long time = 0;
      rows.beginLog();
      reader.enter();
      while (reader.next()) {
        switch (reader.key()) {
          case LOG_TIME -> time = SpanRows.nanos(reader.i64());
          case LOG_FIELDS -> tags(rows.fields());
          default -> reader.skip();
        }
      }
      reader.leave();
      rows.endLog(time);
    }
  }

  private void tags(TagList into) {
    for (int left = structs(); left > 0; left--) {
      tag(into);
    }
  }

  private void tag(TagList into) {
    long key = ByteArena.EMPTY;
    int type = 0;
    long text = ByteArena.EMPTY;
    long real = 0;
    long bool = 0;
    long whole = 0;
    long binary = ByteArena.EMPTY;
    reader.enter();
    while (reader.next()) {
      switch (reader.key()) {
        case KEY -> key = slice();
        case TYPE -> type = reader.i32();
        case TEXT -> text = slice();
        case REAL -> real = Double.doubleToRawLongBits(reader.float64());
        case BOOL -> bool = reader.bool() ? 1 : 0;
        case WHOLE -> whole = reader.i64();
        case BINARY -> binary = slice();
        default -> reader.skip();
      }
    }
    reader.leave();
    switch (type) {
      case 0 -> into.add(key, ValueColumn.STRING, text);
      case 1 -> into.add(key, ValueColumn.DOUBLE, real);
      case 2 -> into.add(key, ValueColumn.BOOL, bool);
      case 3 -> into.add(key, ValueColumn.INT, whole);
      case 4 -> into.add(key, ValueColumn.BYTES, binary);
      default -> into.add(key, TagList.UNKNOWN_TYPE, type);
    }
  }

  private long slice() {
    int length = reader.length();
    long slice = ByteArena.slice(reader.position(), length);
    reader.skipBytes(length);
    return slice;
  }
}
