package io.ghostworks.wire.otlp;

import io.ghostworks.wire.proto.ProtoReader;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A trace id and span ids as they are read from one message; lengths tell whether they are valid.
 */
final class Ids {
  static final int TRACE_ID_BYTES = 16;
  static final int SPAN_ID_BYTES = 8;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  int traceIdLength;
  long traceIdHigh;
  long traceIdLow;
  int spanIdLength;
  long spanId;

  void reset() {
    traceIdLength = 0;
    traceIdHigh = 0;
    traceIdLow = 0;
    spanIdLength = 0;
    spanId = 0;
  }

  void readTraceId(ProtoReader reader) {
    traceIdLength = reader.length();
    boolean whole = traceIdLength == TRACE_ID_BYTES;
    traceIdHigh = whole ? (long) LONGS.get(reader.bytes(), reader.position()) : 0;
    traceIdLow = whole ? (long) LONGS.get(reader.bytes(), reader.position() + 8) : 0;
    reader.skipBytes(traceIdLength);
  }

  void readSpanId(ProtoReader reader) {
    spanIdLength = reader.length();
    spanId =
        spanIdLength == SPAN_ID_BYTES ? (long) LONGS.get(reader.bytes(), reader.position()) : 0;
    reader.skipBytes(spanIdLength);
  }

  boolean hasTraceId() {
    return (traceIdHigh | traceIdLow) != 0;
  }

  /** Whether both ids are absent or of their length, zero allowed. */
  boolean haveValidLengths() {
    return (traceIdLength == 0 || traceIdLength == TRACE_ID_BYTES)
        && (spanIdLength == 0 || spanIdLength == SPAN_ID_BYTES);
  }
}
